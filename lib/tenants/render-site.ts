import type { SiteFile } from "@/lib/provisioning/ports.ts";
import type { Dweller, Tenant } from "@/lib/provisioning/step.ts";
import words from "@/messages/en.pages.json" with { type: "json" };
import { type Html, html, raw } from "./html.ts";

export interface SiteLook {
  /** One stylesheet for all pages of a family. */
  readonly css: string;
  readonly webUrl: string;
  readonly supportEmail: string;
  /** Says on every page that the name is a pretend one. */
  readonly sandbox: boolean;
}

/** See workers/edge/Caddyfile. */
const restsMark = ".well-known/nameplate/rests";

/** Everything published for a family, by host. Static files: they are served with everything of ours switched off. */
export const renderSite =
  (look: SiteLook) =>
  (tenant: Tenant): ReadonlyMap<string, readonly SiteFile[]> => {
    const documents = discoveryOf(tenant.name, look);
    const pages = tenant.people.filter((person) => person.page);
    const files: SiteFile[] = [
      ...documents,
      { path: "style.css", content: look.css },
      { path: "404.html", content: nobodyPage(tenant.name, look) },
      { path: "index.html", content: homePage(tenant, look) },
      { path: "card/index.html", content: cardPage(tenant.name, look) },
      ...pages.map((person) => ({
        path: `${person.part}/index.html`,
        content: (tenant.rests ? restingPage : personPage)(tenant, person, look),
      })),
      // The edge answers for a home that rests, as long as this is here.
      ...(tenant.rests ? [{ path: restsMark, content: "" }] : []),
    ];
    // `www` is a folder of its own, so that it has a certificate; the edge sends people on to the name.
    return new Map([
      [tenant.name, files],
      [`www.${tenant.name}`, documents],
    ]);
  };

/** What other servers and apps ask for first (Matrix specification, "Well-known URI" and "Server discovery"). */
export function discoveryOf(name: string, look: Pick<SiteLook, "webUrl" | "supportEmail">): SiteFile[] {
  const json = (value: object): string => `${JSON.stringify(value)}\n`;
  return [
    { path: ".well-known/matrix/server", content: json({ "m.server": `${name}:443` }) },
    { path: ".well-known/matrix/client", content: json({ "m.homeserver": { base_url: `https://${name}` } }) },
    {
      path: ".well-known/matrix/support",
      content: json({
        contacts: [{ role: "m.role.admin", email_address: look.supportEmail }],
        support_page: `${look.webUrl}/help`,
      }),
    },
  ];
}

const fill = (text: string, values: Record<string, string>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "");

function page(look: SiteLook, title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>${look.sandbox ? ribbon : ""}
<main id="main"><div class="porch"><div class="porch__in">
${body}
</div></div></main>
</body>
</html>
`.text;
}

const ribbon = html`
<aside class="ribbon" aria-label="${words.ribbonLabel}"><div class="wrap"><p><b>${words.ribbonLabel}.</b> ${words.ribbon}</p></div></aside>`;

const plate = (name: string, id?: { part: string; name: string }): Html =>
  html`<div class="plate plate--l" data-n="${String(name.length)}"${id ? html` data-m="${String(id.part.length + id.name.length + 2)}"` : ""}><span class="plate__name">${name}</span>${
    id ? html`<span class="plate__id">@${id.part}:<wbr>${id.name}</span>` : ""
  }</div>`;

const arrow = raw(
  '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="m6 9 6 6 6-6"/></svg>',
);
const bubble = raw(
  '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M7.9 20A9 9 0 1 0 4 16.1L2 22Z"/></svg>',
);

/** One person's page: one button that opens the reader's own app, and plain words for those without one. */
function personPage(tenant: Tenant, person: Dweller, look: SiteLook): string {
  const { name } = tenant;
  const { given, part } = person;
  const id = `@${part}:${name}`;
  const values = { given, full: given, name, id };
  const say = (key: keyof typeof words): string => fill(words[key], values);
  return page(
    look,
    say("title"),
    html`<h1 class="hidden">${say("heading")}</h1>${plate(given, { part, name })}
<div class="stack stack--3 porch__do"><a class="button button--brass button--wide" href="https://matrix.to/#/${encodeURIComponent(id)}">${bubble} ${say("write")}</a><p class="small muted">${say("opens")}</p></div>
<details class="more porch__more"><summary>${say("noApp")} ${arrow}</summary><div class="stack stack--3"><p class="small">${say("likePost")}</p><ol class="small"><li>${apps(say("install"))}</li><li>${say("account")}</li><li>${strong(say("comeBack"))}</li></ol></div></details>
<p class="small muted">${say("homeOf")} ${reportLink(look, `${name}/${part}`)}</p>`,
  );
}

/** It leads to us: a page of theirs has nothing of ours on it that could be asked. */
const reportLink = ({ webUrl }: SiteLook, page: string): Html =>
  html`<a href="${webUrl}/report?page=${encodeURIComponent(page)}">${words.report}</a>`;

/** The catalogue marks the two apps and the address with tags of its own; nothing else may pass as markup. */
const apps = (text: string): Html =>
  raw(
    html`${text}`.text
      .replace("&lt;fluffychat&gt;", '<a href="https://fluffychat.im/">')
      .replace("&lt;/fluffychat&gt;", "</a>")
      .replace("&lt;element&gt;", '<a href="https://element.io/download">')
      .replace("&lt;/element&gt;", "</a>"),
  );
const strong = (text: string): Html =>
  raw(html`${text}`.text.replace("&lt;id&gt;", '<b class="name">').replace("&lt;/id&gt;", "</b>"));

function homePage(tenant: Tenant, look: SiteLook): string {
  const { name } = tenant;
  const part = tenant.people.find((person) => person.runsHome)?.part ?? "anna";
  return page(
    look,
    name,
    html`<h1 class="hidden">${name}</h1>${plate(name)}<p>${fill(words.homeOf, { name })}</p><p class="small muted">${fill(words.homeHint, { name, part })}</p><p class="small muted">${reportLink(look, name)}</p>`,
  );
}

/** Nothing can be written to somebody whose home rests: whoever comes is told so, and no more. */
const restingPage = ({ name }: Tenant, { given, part }: Dweller, look: SiteLook): string =>
  page(
    look,
    fill(words.resting, { name }),
    html`${plate(given, { part, name })}<h1>${fill(words.resting, { name })}</h1><p class="muted">${words.restingHint}</p>`,
  );

const nobodyPage = (name: string, look: SiteLook): string =>
  page(
    look,
    words.nobody,
    html`${plate(name)}<h1>${words.nobody}</h1><p class="muted">${words.nobodyHint}</p><p class="small muted">${fill(words.homeOf, { name })}</p>`,
  );

const cardPage = (name: string, look: SiteLook): string =>
  page(
    look,
    words.card,
    html`${plate(name)}<h1>${words.card}</h1><p class="muted">${words.cardHint}</p><a class="button button--brass" href="${look.webUrl}/card">${words.cardButton}</a>`,
  );
