import { html } from "hono/html";
import { type Html, page, table } from "@/sandbox/shared/page.ts";
import { type Mailbox, type Shown, webAddress } from "./mailbox.ts";

const pretend = "Mail stays here: nothing you see on this page was sent to anybody.";

/** All mails, newest first, or those of one recipient. */
export function mailboxPage(mailbox: Mailbox, to: string | undefined): Html {
  const mails = mailbox.list(to);
  const whose = to === undefined ? html`` : html`<p>To <b>${to}</b>. <a href="/">Show everybody's</a></p>`;
  const rows = mails.map(({ id, at, recipients, subject }) => [
    html`<a href="/mail/${id}">${subject || "(no subject)"}</a>`,
    recipients.map((one) => html`<a href="/?to=${encodeURIComponent(one)}">${one}</a> `),
    html`<time datetime="${at}">${at.slice(0, 16).replace("T", " ")}</time>`,
  ]);
  const list =
    mails.length === 0
      ? html`<p class="empty">No mail yet. What the product sends arrives here within a second.</p>`
      : table("Mails", ["Subject", "To", "When (UTC)"], rows);
  return page({ title: "Mailbox", pretend, body: html`<h1>Mailbox</h1>${whose}${list}` });
}

export function mailPage(mail: Shown): Html {
  const files = mail.attachments.map(
    ({ filename, type, bytes }) => html`<li>${filename || "(no name)"}, ${type}, ${bytes} bytes</li>`,
  );
  const body = html`<p><a href="/">Mailbox</a></p>
<h1>${mail.subject || "(no subject)"}</h1>
<dl><dt>From</dt><dd>${mail.from || mail.sender}</dd><dt>To</dt><dd>${mail.recipients.join(", ")}</dd><dt>When</dt><dd><time datetime="${mail.at}">${mail.at}</time></dd></dl>
<div class="parts">
${mail.text === null ? "" : html`<section class="card" aria-label="Text"><pre>${linked(mail.text)}</pre></section>`}
${mail.html === null ? "" : framed(mail.html)}
</div>
${files.length === 0 ? "" : html`<h2>Attached</h2><ul>${files}</ul>`}`;
  return page({ title: mail.subject || "Mail", pretend, body, extraStyle: beside });
}

/** As text and as a page, side by side where there is room. */
const beside = `.parts { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 75rem) { main { max-width: 80rem; } .parts:has(iframe):has(pre) { grid-template-columns: repeat(2, minmax(0, 1fr)); } }`;

export const noMailPage = (): Html =>
  page({ title: "No such mail", pretend, body: html`<h1>There is no such mail.</h1><p><a href="/">Mailbox</a></p>` });

function linked(text: string): Html {
  const parts: Html[] = [];
  let from = 0;
  for (const found of text.matchAll(webAddress)) {
    parts.push(html`${text.slice(from, found.index)}<a href="${found[0]}">${found[0]}</a>`);
    from = found.index + found[0].length;
  }
  return html`${parts}${text.slice(from)}`;
}

/** Scripts and forms stay dead in there; a link opens beside, and does not say where it was pressed. */
const framed = (content: string): Html => {
  const document = `<base target="_blank"><meta name="referrer" content="no-referrer">${content}`;
  return html`<section aria-label="As a page"><iframe title="The mail as a page" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${document}"></iframe></section>`;
};
