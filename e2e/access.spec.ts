import type { APIResponse, Browser } from "@playwright/test";
import { signInByMail } from "./journey/sign-in.ts";
import { urls } from "./support/copy.ts";
import { type Home, secondParent, sharedHome, signedInHome } from "./support/homes.ts";
import { type Action, actions, routes } from "./support/manifest.ts";
import { ledger, mailsTo } from "./support/sandbox.ts";
import { joinStaff } from "./support/staff.ts";
import { expect, type Page, test } from "./support/test.ts";

test.describe.configure({ mode: "serial" });

type Actor = "stranger" | "member" | "other family" | "second parent" | "staff" | "owner";
const actors: readonly Actor[] = ["stranger", "member", "other family", "second parent", "staff", "owner"];

/** Everything by which the Smiths could be asked for. */
interface Smiths {
  readonly home: Home;
  readonly tenantId: string;
  readonly personId: string;
  readonly cardId: string;
  /** The letters on that card: whoever has them may use it. Not for the staff. */
  readonly code: string;
  readonly orderId: string;
}
let smiths: Smiths;
const browsers = {} as Record<Actor, Page>;

/** What only the Smiths, and those who look after them, may read. Their name alone is no secret. */
const secrets = ({ home, code }: Smiths): readonly string[] => [
  code,
  home.buyer.email,
  `@mia:${home.buyer.name}`,
  ...home.people.flatMap((one) => (one.email ? [one.email] : [])),
];

const ofMia = (secret: string): boolean => secret === smiths.code || secret.startsWith("@mia:");

interface Route {
  /** Its address for the Smiths; by itself the route's own path. */
  readonly at?: (smiths: Smiths) => string;
  /** Who may read something of the Smiths there. */
  readonly readers?: readonly Actor[];
  /** What somebody gets who may not; by itself a page that shows nothing of anyone. */
  readonly others?: "not found" | "sign in";
}

/** To everybody, and the same for all. */
const everybody: Route = {};
/** A browser's own order or home, and nobody else's. */
const own: Route = { readers: ["owner"] };
const ofSmiths = (at: NonNullable<Route["at"]>): Route => ({ at, readers: ["owner"], others: "not found" });
/** What is the children's is each of their parents' as well. */
const ofParents = (at: NonNullable<Route["at"]>): Route => ({ ...ofSmiths(at), readers: ["owner", "second parent"] });
const ofStaff = (at?: NonNullable<Route["at"]>): Route => ({
  ...(at ? { at } : {}),
  readers: ["staff"],
  others: "not found",
});
const byLink = (at: string): Route => ({ at: () => at });

/** Every route there is. A new one has to be written down here, with who may read it. */
const table: Readonly<Record<string, Route>> = {
  "/": everybody,
  "/accessibility": everybody,
  "/children": everybody,
  "/mine": everybody,
  // Where no page is open in a browser they lead to the one that asks for it.
  "/mine/data": everybody,
  "/mine/data/copy": { readers: [], others: "not found" },
  "/mine/open/[token]": byLink("/mine/open/nobodys-secret"),
  "/elsewhere": everybody,
  "/help": everybody,
  "/prices": everybody,
  "/privacy": everybody,
  "/terms": everybody,
  "/admin": ofStaff(),
  "/admin/[tenantId]": ofStaff(({ tenantId }) => `/admin/${tenantId}`),
  "/admin/[tenantId]/[step]": { ...ofStaff(({ tenantId }) => `/admin/${tenantId}/owner`), readers: [] },
  "/admin/alerts": { ...ofStaff(), readers: [] },
  "/admin/audit": { ...ofStaff(), readers: [] },
  "/admin/disputes/[disputeId]": { ...ofStaff(() => "/admin/disputes/dp_guessed"), readers: [] },
  "/admin/money": { ...ofStaff(), readers: [] },
  "/admin/money/csv": { ...ofStaff(), readers: [] },
  // Of an order that has a home it leads there.
  "/admin/orders/[orderId]": { ...ofStaff(({ orderId }) => `/admin/orders/${orderId}`), readers: [] },
  "/admin/reports": { ...ofStaff(), readers: [] },
  "/admin/reports/[reportId]": { ...ofStaff(() => "/admin/reports/rep_guessed"), readers: [] },
  "/admin/you": { ...ofStaff(), readers: [] },
  "/admin/enrol/[token]": byLink("/admin/enrol/guessed"),
  "/admin/prove": { readers: [], others: "not found" },
  "/api/health": everybody,
  "/api/names": { at: ({ home }) => `/api/names?q=${home.buyer.name}` },
  "/api/order": own,
  "/api/parts": { at: () => "/api/parts?given=Anna&part=mia&whose=them&others=" },
  "/api/progress": { readers: [] },
  "/api/stripe": everybody,
  "/apps/[name]": { at: ({ home }) => `/apps/${home.buyer.name}` },
  "/api/unsent": everybody,
  "/bill/[token]": byLink("/bill/guessed"),
  "/card": everybody,
  "/card/[token]": byLink("/card/guessed"),
  "/card/[token]/done": byLink("/card/guessed/done"),
  "/home": { readers: [], others: "sign in" },
  "/home/[name]": ofParents(({ home }) => `/home/${home.buyer.name}`),
  "/home/[name]/bill": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/bill`), readers: [] },
  "/home/[name]/bill/add-ons": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/bill/add-ons`), readers: [] },
  "/home/[name]/bill/payer": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/bill/payer`), readers: [] },
  "/home/[name]/bill/payer/confirm": {
    ...ofSmiths(({ home }) => `/home/${home.buyer.name}/bill/payer/confirm`),
    readers: [],
  },
  "/home/[name]/bill/stop": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/bill/stop`), readers: [] },
  "/home/[name]/bill/return": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/bill/return`), readers: [] },
  "/home/[name]/bill/plan": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/bill/plan`), readers: [] },
  "/home/[name]/change/[changeId]": {
    ...ofSmiths(({ home }) => `/home/${home.buyer.name}/change/guessed`),
    readers: [],
  },
  "/home/[name]/card/[personId]": ofParents(({ home, personId }) => `/home/${home.buyer.name}/card/${personId}`),
  "/home/[name]/rules/[personId]": ofParents(({ home, personId }) => `/home/${home.buyer.name}/rules/${personId}`),
  "/home/[name]/rules/[personId]/growing": ofParents(
    ({ home, personId }) => `/home/${home.buyer.name}/rules/${personId}/growing`,
  ),
  "/home/[name]/rules/[personId]/data": ofParents(
    ({ home, personId }) => `/home/${home.buyer.name}/rules/${personId}/data`,
  ),
  "/home/[name]/rules/[personId]/data/copy": ofParents(
    ({ home, personId }) => `/home/${home.buyer.name}/rules/${personId}/data/copy`,
  ),
  "/home/[name]/rules/[personId]/consent": ofParents(
    ({ home, personId }) => `/home/${home.buyer.name}/rules/${personId}/consent`,
  ),
  "/home/[name]/rules/[personId]/consent/withdraw": ofParents(
    ({ home, personId }) => `/home/${home.buyer.name}/rules/${personId}/consent/withdraw`,
  ),
  "/home/[name]/rules/[personId]/check": {
    ...ofSmiths(({ home, personId }) => `/home/${home.buyer.name}/rules/${personId}/check`),
    readers: [],
  },
  "/home/[name]/rules/[personId]/try": {
    ...ofParents(({ home, personId }) => `/home/${home.buyer.name}/rules/${personId}/try`),
  },
  // Of whoever is taken out; nobody of the Smiths is.
  "/home/[name]/erase/[personId]": {
    ...ofSmiths(({ home, personId }) => `/home/${home.buyer.name}/erase/${personId}`),
    readers: [],
  },
  // Until a family has some it reads of nobody there.
  "/home/[name]/house": { ...ofParents(({ home }) => `/home/${home.buyer.name}/house`), readers: [] },
  "/home/[name]/house/write": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/house/write`), readers: [] },
  "/home/[name]/parents": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/parents`), readers: [] },
  "/home/[name]/parents/leave": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/parents/leave`), readers: [] },
  "/home/[name]/people/add": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/people/add`), readers: [] },
  "/home/[name]/leave": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/leave`), readers: [] },
  "/home/[name]/leave/ask": { ...ofSmiths(({ home }) => `/home/${home.buyer.name}/leave/ask`), readers: [] },
  "/leave/[token]": byLink("/leave/guessed"),
  "/parent/[token]": byLink("/parent/guessed"),
  "/sign-in": everybody,
  "/sign-in/link/[token]": byLink("/sign-in/link/guessed"),
  "/start": everybody,
  "/start/deed": everybody,
  "/start/home": own,
  "/start/home/print/[personId]": ofParents(({ personId }) => `/start/home/print/${personId}`),
  "/start/look": everybody,
  "/start/name": everybody,
  "/start/pay": everybody,
  "/start/people": everybody,
  "/start/resume": everybody,
  "/start/resume/[token]": byLink("/start/resume/guessed"),
  "/start/save": everybody,
  "/start/watch": everybody,
  "/start/watch/deed": everybody,
  // With the sums of whoever pays and is signed in.
  "/home/[name]/report": { ...ofParents(({ home }) => `/home/${home.buyer.name}/report`), readers: [] },
  "/report": everybody,
  "/report/[token]": byLink("/report/guessed"),
  "/withdraw": everybody,
  "/withdraw/confirm": everybody,
};

/** What is the Smiths' own is theirs everywhere, and the staff pages are the staff's. */
const mayAnyway = (actor: Actor, path: string): boolean =>
  actor === "owner" || (actor === "staff" && path.startsWith("/admin"));

const get = (page: Page, path: string, headers: Record<string, string> = {}): Promise<APIResponse> =>
  page.request.get(path, { maxRedirects: 0, headers });

/** A stream never ends by itself: what comes within a moment is enough. */
async function readSome(page: Page, path: string): Promise<{ status: number; text: string }> {
  const cookie = (await page.context().cookies(urls.web)).map(({ name, value }) => `${name}=${value}`).join("; ");
  const answer = await fetch(`${urls.web}${path}`, { headers: { cookie }, signal: AbortSignal.timeout(1500) });
  let text = "";
  try {
    for await (const part of answer.body ?? []) text += Buffer.from(part).toString();
  } catch (error) {
    if ((error as Error).name !== "TimeoutError") throw error;
  }
  return { status: answer.status, text };
}

/** The Smiths' pages as they read them, what the vendors know of them, and the mails to them: times left out. */
async function stateOf({ home }: Smiths, owner: Page): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const path of ["/start/home", `/home/${home.buyer.name}`, `/home/${home.buyer.name}/bill`]) {
    await owner.goto(path);
    texts.push((await owner.getByRole("main").textContent()) ?? "");
  }
  const theirs = [home.buyer.name, home.buyer.email];
  for (const vendor of ["stripe", "cloudflare"] as const) {
    const lines = (await ledger(vendor)).map((entry) => JSON.stringify(entry));
    texts.push(`${vendor}: ${lines.filter((line) => theirs.some((one) => line.includes(one))).length} entries`);
  }
  for (const { email } of [home.buyer, ...home.people])
    if (email) texts.push((await mailsTo(email)).map((mail) => mail.subject).join("\n"));
  return texts.map((text) => text.replaceAll(/\b\d{1,2}:\d{2}\b/g, "a time"));
}

async function meetSmiths(browser: Browser): Promise<void> {
  const home = await sharedHome(browser, "smith");
  const { owner, staff } = browsers;
  await owner.goto(`/home/${home.buyer.name}`);
  const cardPath = await owner.getByRole("link", { name: /card of Mia|card for Mia/ }).getAttribute("href");
  await owner.goto(cardPath ?? "");
  const cardId = await owner.locator("input[name=card]").inputValue();
  const code = (await owner.locator(".code").textContent()) ?? "";
  expect(code).toMatch(/^\w{5}-\w{5}$/);
  await staff.goto(`/admin?q=${home.buyer.name}`);
  const tenantPath = await staff.getByRole("link", { name: home.buyer.name }).getAttribute("href");
  smiths = {
    home,
    cardId,
    code,
    personId: cardPath?.split("/").at(-1) ?? "",
    tenantId: tenantPath?.split("/").at(-1) ?? "",
    orderId: home.orderId,
  };
}

test("six people come: a stranger, a member, another family, a second parent, the staff, and the owner", async ({
  browser,
}) => {
  const jones = await sharedHome(browser, "jones");
  const smith = await signedInHome(browser, "smith");
  const open = async (cookies?: Home["cookies"]) =>
    (await browser.newContext({ baseURL: urls.web, ...(cookies ? { storageState: cookies } : {}) })).newPage();
  browsers.stranger = await open();
  browsers.member = await open();
  browsers["other family"] = await open(jones.cookies);
  await signInByMail(browsers["other family"], jones.buyer.email);
  browsers.owner = await open(smith.cookies);
  browsers["second parent"] = await open(await secondParent(browser, "smith"));
  browsers.staff = await open();
  await joinStaff(browsers.staff, `access-${Date.now()}@nameplate.example`, "Sam");
  await meetSmiths(browser);

  // Who lives there and does not run the home has no way in here: their app is their way in.
  const { member } = browsers;
  const ben = smith.people.find((one) => one.given === "Ben")?.email ?? "";
  const before = (await mailsTo(ben)).length;
  await member.goto("/sign-in");
  await member.getByLabel("Your e-mail").fill(ben);
  await member.getByRole("button", { name: "Send me a link" }).click();
  await expect(member.getByText(`If we know ${ben}, a link is on its way.`)).toBeVisible();
  await browsers.owner.goto("/home");
  expect(await mailsTo(ben)).toHaveLength(before);
});

test("every route that was built is known here", () => {
  expect(routes).toEqual(Object.keys(table).sort());
});

for (const actor of actors)
  test(`${actor}: every route shows only what they may see`, async () => {
    const page = browsers[actor];
    const leaks: string[] = [];
    for (const [route, { at, readers = [], others }] of Object.entries(table)) {
      const path = at?.(smiths) ?? route;
      const answer =
        route === "/api/progress"
          ? await readSome(page, path)
          : await get(page, path).then(async (one) => ({ status: one.status(), text: await one.text() }));
      const about = `${actor} at ${path}`;
      expect(answer.status, about).toBeLessThan(500);
      const seen = secrets(smiths).filter((secret) => answer.text.includes(secret));
      if (actor === "staff") expect(seen, about).not.toContain(smiths.code);
      // Of the other people, and of whoever runs the home, not even where their letters go.
      if (actor === "second parent") expect(seen.filter((one) => !ofMia(one))).toEqual([]);
      if (readers.includes(actor)) {
        expect(answer.status, about).toBe(200);
        if (route !== "/api/order") expect(seen, about).not.toEqual([]);
      } else if (seen.length > 0 && !mayAnyway(actor, path)) leaks.push(`${about}: ${seen.join(", ")}`);
      if (others && actor === "stranger") expect([302, 303, 307, 404], about).toContain(answer.status);
      if (others === "not found" && actor === "other family") expect([403, 404], about).toContain(answer.status);
    }
    expect(leaks).toEqual([]);
  });

test("an order's figures, its stream and its card are the browser's own, and without a cookie there are none", async () => {
  const { stranger, owner } = browsers;
  const orderOf = async (page: Page) =>
    ((await (await get(page, "/api/order")).json()) as { orderId?: string }).orderId;
  expect(await orderOf(owner)).toBe(smiths.orderId);
  expect(await orderOf(browsers["other family"])).not.toBe(smiths.orderId);
  expect((await get(stranger, "/api/order")).status()).toBe(404);
  expect((await readSome(stranger, "/api/progress")).status).toBe(401);
  expect((await get(stranger, "/api/parts?given=A&part=a&whose=you")).status()).toBe(404);
  for (const actor of ["owner", "other family"] as const) {
    const { status, text } = await readSome(browsers[actor], `/api/progress?order=${smiths.orderId}`);
    expect(status).toBe(200);
    expect(text).toMatch(/^retry: \d+\n\nevent: (news|over)\ndata: [\w-]{16}\n\n$/);
  }
  const [mine, theirs] = [
    await readSome(owner, "/api/progress"),
    await readSome(browsers["other family"], "/api/progress"),
  ];
  expect(mine.text).not.toBe(theirs.text);
});

test("no other way of asking shows more: as data, as a prefetch, past the proxy, in odd spellings", async () => {
  const asked: readonly Record<string, string>[] = [
    { RSC: "1" },
    { RSC: "1", "Next-Router-Prefetch": "1" },
    { RSC: "1", "Next-Router-Segment-Prefetch": "/_tree" },
    { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
    { "x-forwarded-host": "localhost", "x-original-url": "/admin" },
  ];
  const spelt = (path: string) => [
    `${path}.rsc`,
    `${path}.segments/_tree.segment.rsc`,
    `/.${path}`,
    path.replace("/", "/%2e/"),
    path.replaceAll("e", "%65"),
    `${path}%00`,
    `/_next/data/build${path}.json`,
  ];
  const leaks: string[] = [];
  const look = async (actor: Actor, path: string, headers: Record<string, string> = {}) => {
    const answer = await get(browsers[actor], path, headers);
    const text = await answer.text();
    const about = `${actor} at ${path} with ${JSON.stringify(headers)}`;
    if (secrets(smiths).some((secret) => text.includes(secret))) leaks.push(about);
    expect(answer.status(), about).toBeLessThan(500);
  };
  for (const { at, readers = [] } of Object.values(table)) {
    if (!at || readers.length === 0) continue;
    const path = at(smiths);
    for (const actor of ["stranger", "other family"] as const) {
      for (const headers of asked) await look(actor, path, headers);
      for (const other of spelt(path)) await look(actor, other);
    }
  }
  expect(leaks).toEqual([]);
});

test("anything at all in an address is answered by a page, never by a failure", async () => {
  const odd = ["%00", "%F0%9F%A6%8A", "%3Cscript%3E", "..%2f..%2fetc", "x".repeat(2000), "%25E0%25A4", "'"];
  for (const route of Object.keys(table)) {
    if (!route.includes("[")) continue;
    for (const one of odd) {
      const path = route.replaceAll(/\[\w+\]/g, one);
      for (const actor of ["stranger", "owner", "staff"] as const)
        expect((await get(browsers[actor], path)).status(), `${actor} at ${path.slice(0, 90)}`).toBeLessThan(500);
    }
  }
});

/** Every field that any form of ours has, filled in with what belongs to the Smiths. */
function forged(): Record<string, string> {
  const { home, personId, cardId, tenantId, orderId } = smiths;
  return {
    ...{ person: personId, card: cardId, home: home.buyer.name, name: home.buyer.name, subject: tenantId },
    ...{ order: orderId, orderId, tenant: tenantId, tenantId, personId, from: "home", page: "up", passkey: "guessed" },
    ...{ act: "try-again", step: "domain", reason: "forged", token: "guessed", password: "forged forged forged" },
    ...{ email: "forger@post.example", to: "admin", code: "000000", with: "app", consent: "yes", version: "1" },
    ...{ q: home.buyer.name, given: "Forger", part: "forger", confirm: home.buyer.name, key: "p_forged", seen: "" },
    ...{
      offer: "guessed",
      invite: "guessed",
      matrixId: "@forger:forged.example",
      agree: "yes",
      end: "stop-now",
      year: "2",
      answer: "yes",
      period: "year",
    },
    ...{ change: "guessed", plan: "person", "given-new": "Forger", "part-new": "forger", "kind-new": "adult" },
    ...{ child: personId, stranger: "allow", allow: "@forger:forged.example", allowServer: "forged.example" },
    ...{ family: "yes", paused: "yes", create: "yes", found: "yes", tag: "FORGED" },
    ...{ fullName: "Forger", street: "1 Forged Street", city: "Forge", postalCode: "FO1 1GE", country: "GB" },
  };
}

/** Calls an action as the browser's own scripts do, from a page that has it. */
async function call(page: Page, { id, name, path }: Action, origin: string | undefined): Promise<APIResponse> {
  const form = new FormData();
  // The first digits of an id say what it takes: nothing, a form, or what it said before and a form.
  const takes = name === "keepPasskeyAction" ? '["{}"]' : name === "passkeyAction" ? '["{}","home"]' : undefined;
  if (!takes && !id.startsWith("00"))
    for (const [field, value] of Object.entries(forged())) form.set(`_1_${field}`, value);
  form.set("0", takes ?? (id.startsWith("00") ? "[]" : id.startsWith("60") ? '[{"tries":0},"$K1"]' : '["$K1"]'));
  const where = (table[path]?.at?.(smiths) ?? path).replaceAll(/\[\w+\]/g, "guessed");
  return page.request.post(where, {
    multipart: form,
    maxRedirects: 0,
    headers: { "Next-Action": id, accept: "text/x-component", ...(origin === undefined ? {} : { origin }) },
  });
}

/** Signing out comes last, so that the others are tried by somebody who is signed in. */
const inOrder = actions.toSorted((a, b) => Number(a.name === "signOutAction") - Number(b.name === "signOutAction"));

for (const actor of ["stranger", "member", "other family"] as const)
  test(`${actor}: no action changes anything of another family, whatever its form says`, async () => {
    const before = await stateOf(smiths, browsers.owner);
    expect(inOrder.length).toBeGreaterThan(25);
    for (const action of inOrder) {
      const answer = await call(browsers[actor], action, urls.web);
      expect(answer.status(), `${actor} calls ${action.name}`).toBeLessThan(500);
      const text = await answer.text();
      expect(
        secrets(smiths).filter((secret) => text.includes(secret)),
        `${actor} calls ${action.name}`,
      ).toEqual([]);
    }
    expect(await stateOf(smiths, browsers.owner)).toEqual(before);
  });

/** What a parent may do: each is tried in two-parents.spec.ts, or beside its verb (lib/households/data, lib/households/house). */
const ofAParent = [
  ...["answerAskAction", "chooseRulesAction", "decideRulesAction", "renewCardAction", "showPageAction"],
  ...["eraseAction", "readTogetherAction"],
];

test("second parent: of all other actions none changes anything of the bill, the name, the plan or the people", async () => {
  const before = await stateOf(smiths, browsers.owner);
  for (const action of inOrder) {
    if ([...ofAParent, "leaveParentsAction", "signOutAction"].includes(action.name)) continue;
    const answer = await call(browsers["second parent"], action, urls.web);
    expect(answer.status(), `a second parent calls ${action.name}`).toBeLessThan(500);
  }
  expect(await stateOf(smiths, browsers.owner)).toEqual(before);
});

for (const [where, origin] of [
  ["another site", "https://elsewhere.example"],
  ["nowhere", undefined],
  ["a hidden place", "null"],
  ["a neighbour", "http://localhost.elsewhere.example"],
] as const)
  test(`a form that comes from ${where} changes nothing, not even with the owner's own cookies`, async () => {
    const before = await stateOf(smiths, browsers.owner);
    for (const action of actions)
      expect((await call(browsers.owner, action, origin)).status(), `${action.name} from ${where}`).toBe(403);
    for (const path of routes) {
      const answer = await browsers.owner.request.post(
        (table[path]?.at?.(smiths) ?? path).replaceAll(/\[\w+\]/g, "x"),
        {
          form: { ...forged(), [`$ACTION_ID_${actions[0]?.id}`]: "" },
          headers: origin === undefined ? {} : { origin },
          maxRedirects: 0,
        },
      );
      // The payment vendor has no origin: its signature is asked for instead.
      expect(answer.status(), `${path} from ${where}`).toBe(path === "/api/stripe" ? 400 : 403);
    }
    expect(await stateOf(smiths, browsers.owner)).toEqual(before);
  });

test("a page of another site that sends a form of ours in a browser in which somebody is signed in changes nothing", async () => {
  const { owner } = browsers;
  const before = await stateOf(smiths, owner);
  const renew = actions.find((action) => action.name === "newCardAction");
  await owner.context().route("https://elsewhere.example/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" enctype="multipart/form-data" action="${urls.web}/start/home">
        <input name="$ACTION_ID_${renew?.id}"><input name="person" value="${smiths.personId}">
        <input name="card" value="${smiths.cardId}"><button>Win a prize</button></form>`,
    }),
  );
  const tab = await owner.context().newPage();
  await tab.goto("https://elsewhere.example/");
  const [answer] = await Promise.all([
    tab.waitForResponse((one) => one.url().startsWith(urls.web) && one.request().method() === "POST"),
    tab.getByRole("button", { name: "Win a prize" }).click(),
  ]);
  expect(answer.status()).toBe(403);
  await tab.close();
  expect(await stateOf(smiths, owner)).toEqual(before);
});

test("the very same calls do it when the owner makes them from a page of ours", async () => {
  const { owner } = browsers;
  const letters = async () => {
    await owner.goto(`/start/home/print/${smiths.personId}`);
    return (await owner.locator(".code").textContent()) ?? "";
  };
  for (const name of ["newCardAction", "renewCardAction"]) {
    const [before, action] = [await letters(), actions.find((one) => one.name === name)];
    if (!action) throw new Error(`There is no ${name} any more`);
    await owner.goto(`/home/${smiths.home.buyer.name}/card/${smiths.personId}`);
    smiths = { ...smiths, cardId: await owner.locator("input[name=card]").inputValue() };
    expect((await call(owner, action, urls.web)).status()).toBeLessThan(400);
    expect(await letters(), name).not.toBe(before);
  }
});
