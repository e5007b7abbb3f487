import { anna, cards, chooseLook, chooseName, fillWizard, goToPayment, payWith } from "./journey/buy-home.ts";
import { sharedHome } from "./support/homes.ts";
import { buyerOf } from "./support/paying.ts";
import { nextRegistration, setName } from "./support/sandbox.ts";
import { joinStaff } from "./support/staff.ts";
import { expect, type Page, test } from "./support/test.ts";

/** What somebody may put into any field, by accident or on purpose. */
const odd = {
  empty: "",
  // Longer than any field takes (an e-mail has at most 254 letters), and short enough to be kept whole.
  "far too long": "x".repeat(270),
  // More than an address of a page may hold. A cut through it goes through a picture.
  "without end": `x${"🦊".repeat(10_000)}`,
  "another alphabet": "Ωμέγα安娜",
  pictures: "🦊🏡",
  markup: `"><script>alert(1)</script>`,
  "control characters": "a\u0000\u0007\u001b\u202eb",
} as const;
type Odd = keyof typeof odd;
const kinds = Object.keys(odd) as Odd[];

interface Field {
  readonly id: string;
  /** What this field may well hold: then there is no sentence about it. */
  readonly takes?: readonly Odd[];
  /** It is never shown again, be it right or wrong. */
  readonly secret?: true;
  /** Only what it offers can be chosen, so what was written into it by force is not shown. */
  readonly list?: true;
}

/** A screen cannot be left with this in its fields, and says why beside each of them; all of it is still there. */
async function refuses(page: Page, kind: Odd, fields: readonly Field[], button: string | RegExp): Promise<void> {
  const value = odd[kind];
  for (const { id } of fields) await fill(page, id, value);
  await page.getByRole("button", { name: button }).click();
  for (const { id, takes = [], secret, list } of fields) {
    const about = `${kind} in ${id} of ${page.url()}`;
    const error = page.locator(`[id="${id}-error"]`);
    if (takes.includes(kind)) await expect(error, about).toHaveCount(0);
    else {
      await expect(error, about).toBeVisible();
      await expect(error, about).toHaveText(/^Error: \p{Lu}.*[.?]$/su);
      await expect(page.locator(`[id="${id}"]`), about).toHaveAccessibleDescription(/\p{L}/u);
    }
    if (secret || list) await expect(page.locator(`[id="${id}"]`), about).toHaveValue("");
    else if (kind !== "without end") expect(await shown(page, id), about).toBe(kept(value));
    else expect(value.startsWith((await shown(page, id)).replace(/\ufffd$/, "")), about).toBe(true);
  }
  await expect(page.getByRole("alert").first()).toContainText(/There (is a problem|are \d+ problems)/);
}

async function fill(page: Page, id: string, value: string): Promise<void> {
  const field = page.locator(`[id="${id}"]`);
  const list = await field.evaluate((one) => one instanceof HTMLSelectElement);
  if (!list) return field.fill(value);
  // A list holds only what it offers, unless somebody writes into the page.
  await field.evaluate((one, text) => {
    const select = one as HTMLSelectElement;
    select.add(new Option(text, text));
    select.value = text;
  }, value);
}

/** Neither a database nor a page can hold NUL: another sign stands in for it, as wrong as it was. */
const kept = (value: string): string => value.replaceAll("\u0000", "\ufffd").replaceAll("\u0001", "\ufffd");
const shown = async (page: Page, id: string): Promise<string> => kept(await page.locator(`[id="${id}"]`).inputValue());

test.beforeEach(({ context }) => {
  context.on("dialog", (dialog) => {
    throw new Error(`Something typed was run as a script: ${dialog.message()}`);
  });
});

const search = { id: "q" };
const contact: readonly Field[] = [
  ...["fullName", "email", "phone", "street", "city", "postalCode"].map((id) => ({ id })),
  { id: "country", list: true },
];

test("the name search says what is wrong with whatever is typed, on the front page and on the first screen", async ({
  page,
}) => {
  for (const kind of kinds) {
    await page.goto("/");
    await page.locator("#q").fill(odd[kind]);
    await page.getByRole("button", { name: "Find my name" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "What should your name be?" })).toBeVisible();
    await expect(page.locator("#q-error"), `${kind} from the front page`).toBeVisible();
    await page.goto("/start/name");
    await refuses(page, kind, [search], "Search");
  }
});

test("how one will look: a sentence beside each field, and all that was typed is still there", async ({ page }) => {
  await chooseName(page, buyerOf("odd-look"));
  for (const kind of kinds) {
    await page.goto("/start/look");
    await refuses(
      page,
      kind,
      [{ id: "given", takes: ["another alphabet"] }, { id: "part" }, { id: "confirm" }],
      "Continue",
    );
  }
});

test("people: a sentence beside each field of each line, and all that was typed is still there", async ({ page }) => {
  const buyer = buyerOf("odd-people");
  await chooseName(page, buyer);
  await chooseLook(page, buyer);
  await page.getByRole("button", { name: "Add another person" }).click();
  await expect(page.locator("fieldset.card")).toHaveCount(1);
  const key = await page.locator("input[name=key]").inputValue();
  for (const kind of kinds) {
    await page.goto("/start/people");
    await refuses(
      page,
      kind,
      [
        { id: `given-${key}`, takes: ["another alphabet"] },
        { id: `part-${key}` },
        { id: `email-${key}`, takes: ["empty"] },
      ],
      "Continue",
    );
    await expect(page.locator(`[id="kind-${key}-error"]`)).toHaveText(/Choose whether .* is an adult or a child\./);
  }
});

test("the deed: a sentence beside each field, and all that was typed is still there", async ({ page }) => {
  const buyer = { ...anna(buyerOf("odd-deed").name.replace(".family", ".uk")), email: "odd@deed.post.example" };
  await chooseName(page, buyer);
  await chooseLook(page, buyer);
  await page.getByRole("button", { name: "Continue" }).click();
  // Going on by address before this screen is saved would lead back to it.
  await expect(page.getByRole("heading", { level: 1, name: "Whose name goes on the deed?" })).toBeVisible();
  const fields: readonly Field[] = [
    ...contact,
    // A county is asked only in countries that have them in their addresses.
    { id: "state", takes: ["empty"] },
    { id: "organisation", takes: ["empty"] },
    { id: "extra.registrant_type", list: true },
  ];
  for (const kind of kinds) {
    await page.goto("/start/deed");
    if (!(await page.locator("#organisation").isVisible()))
      await page.getByText("The owner is an organisation", { exact: true }).click();
    await refuses(page, kind, fields, "Continue");
  }
});

test("check and pay: without the tick it says what that means, and goes nowhere", async ({ page }) => {
  await fillWizard(page, buyerOf("odd-pay"));
  await page.getByRole("button", { name: /^Subscribe and pay/ }).click();
  await expect(page.locator("#consent-error")).toContainText("Tick the box if we should begin now.");
  await expect(page.getByLabel(/Begin now/)).not.toBeChecked();
  await expect(page).toHaveURL(/\/start\/pay/);
});

test("saving for later and asking for a new link: a sentence beside the e-mail, which is still there", async ({
  page,
}) => {
  await chooseName(page, buyerOf("odd-save"));
  for (const screen of ["/start/save", "/start/resume"]) {
    for (const kind of kinds) {
      await page.goto(screen);
      await refuses(page, kind, [{ id: "email" }], "Send me a link");
    }
  }
});

test("signing in: a sentence beside the e-mail, which is still there", async ({ page }) => {
  for (const kind of kinds) {
    await page.goto("/sign-in");
    await refuses(page, kind, [{ id: "email" }], "Send me a link");
  }
});

test("a set-up card: a sentence beside the letters and beside the password, which is never shown again", async ({
  page,
  browser,
}) => {
  for (const kind of kinds) {
    await page.goto("/card");
    await refuses(page, kind, [{ id: "code" }], "Open my card");
  }
  const { cookies } = await sharedHome(browser, "smith");
  await page.context().addCookies(cookies.cookies);
  await page.goto("/start/home");
  const link = (await page.getByRole("link", { name: "Choose my password" }).getAttribute("href")) ?? "";
  for (const kind of ["empty", "far too long", "without end", "pictures"] as const) {
    await page.goto(link);
    await refuses(page, kind, [{ id: "password", secret: true }], "Save my password");
  }
});

test("after paying: the search for another name and the deed that the registry refused take nothing odd", async ({
  page,
  openBrowser,
}) => {
  const lost = buyerOf("odd-lost");
  await fillWizard(page, lost);
  await goToPayment(page);
  await setName(lost.name, "taken");
  await payWith(page, cards.success, lost);
  await expect(page.getByRole("heading", { level: 2, name: "Look for another name" })).toBeVisible();
  for (const kind of kinds) {
    if (kind === "empty") continue; // an empty search shows what is close to the lost name
    await page.goto("/start/watch");
    await refuses(page, kind, [search], "Search");
  }

  const refused = buyerOf("odd-refused");
  const other = await openBrowser();
  await fillWizard(other, refused);
  await goToPayment(other);
  await nextRegistration({ name: refused.name, outcome: "failed", words: "Postal code does not exist" });
  await payWith(other, cards.success, refused);
  await other.getByRole("link", { name: "Correct the deed" }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Correct the deed" })).toBeVisible();
  for (const kind of kinds) {
    await other.goto("/start/watch/deed");
    await refuses(other, kind, contact, "Save and ask again");
  }
});

test("the staff's search and the reason for an act take nothing odd", async ({ page, browser }) => {
  const home = await sharedHome(browser, "smith");
  await joinStaff(page, "odd@nameplate.example", "Odd");
  for (const kind of kinds) {
    await page.goto("/admin");
    await page.getByRole("searchbox").fill(odd[kind]);
    await page.getByRole("button", { name: "Find" }).click();
    const words = kind === "empty" ? /families and orders$|^The first \d+$/ : /^0 families and orders match/;
    await expect(page.locator("#found")).toHaveText(words);
  }
  await page.goto(`/admin?q=${home.buyer.name}`);
  await page.getByRole("link", { name: home.buyer.name }).click();
  const before = await page.getByRole("listitem").filter({ hasText: "Odd" }).count();
  await page.getByRole("button", { name: "Look now" }).click();
  const asked = page.getByRole("dialog", { name: `Look at ${home.buyer.name} now?` });
  for (const kind of ["empty", "control characters"] as const) {
    await asked.getByLabel("Why").fill(odd[kind]);
    await asked.getByRole("button", { name: "Look now" }).click();
    await expect(asked.getByText(/Say why, in a few words\.|contains a character we cannot show/)).toBeVisible();
    // Their own page keeps the line as the browser holds it, control characters or their stand-in with it.
    const letters = (text: string): string => text.replaceAll(/[\p{Cc}\uFFFD]/gu, "");
    expect(letters(await asked.getByLabel("Why").inputValue())).toBe(letters(odd[kind]));
  }
  await page.keyboard.press("Escape");
  expect(await page.getByRole("listitem").filter({ hasText: "Odd" }).count(), "acts in the timeline").toBe(before);
});
