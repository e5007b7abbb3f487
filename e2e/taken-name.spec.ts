import { anna, chooseLook, chooseName, fillWizard } from "./journey/buy-home.ts";
import { sharedHome } from "./support/homes.ts";
import { forgetFaults, ledger, planFault, setName } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

const stamp = Date.now().toString(36);

async function search(page: Page, typed: string): Promise<void> {
  await page.goto(`/start/name?q=${encodeURIComponent(typed)}`);
}
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 2, name });
/** The names offered, in their order. */
const offered = (page: Page): Promise<string[]> =>
  page.getByRole("radio").evaluateAll((radios) => radios.map((radio) => (radio as HTMLInputElement).value));

test("a taken name is explained, five close ones are offered with their prices, and one of them is taken on", async ({
  page,
}) => {
  await search(page, "smith.com");
  await expect(heading(page, "smith.com belongs to someone else")).toBeVisible();
  await expect(page.getByText("Only its owner could give it up.")).toBeVisible();
  const names = await offered(page);
  expect(names).toHaveLength(5);
  expect(names).not.toContain("smith.com");
  for (const card of await page.locator("label.choice").all())
    await expect(card).toContainText(/£[\d.]+ the first year, then £[\d.]+ a year.*£[\d.]+ a month in all/s);
  const second = page.locator("label.choice").nth(1);
  await second.click();
  await expect(page.getByRole("complementary", { name: "Your order so far" })).toContainText(names[1] ?? "?");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText(names[1] ?? "?").first()).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "This is how you will look" })).toBeVisible();
});

test("names are searched as they are typed", async ({ page }) => {
  await page.goto("/start/name");
  await page.waitForLoadState("networkidle");
  const field = page.getByLabel("Your name, or the one you would like");
  await field.pressSequentially(`Typed-${stamp}`);
  await expect(page.locator(`input[type=radio][value="typed-${stamp}.family"]`)).toBeAttached();
  await expect(page.getByRole("group", { name: "Not taken, and yours if you want it" })).toBeVisible();
  await field.fill("jones.org");
  await expect(heading(page, "jones.org belongs to someone else")).toBeVisible();
});

test("a rare name, an ending not sold, a name kept back and one that lives here are each told apart", async ({
  page,
  browser,
}) => {
  await search(page, "king.family");
  await expect(heading(page, "king.family is priced as a rare name")).toBeVisible();
  await search(page, "smith.museum");
  await expect(heading(page, "We cannot register .museum names yet")).toBeVisible();
  await search(page, "nameplate.family");
  await expect(heading(page, "nameplate.family is kept back")).toBeVisible();
  const owned = (await sharedHome(browser, "smith")).buyer.name;
  await search(page, owned);
  await expect(heading(page, `${owned} lives here already`)).toBeVisible();
  await expect(page.getByRole("status").getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/sign-in");
  expect(await offered(page)).not.toContain(owned);
});

test("a name that only looks like another is shown letter by letter and not sold", async ({ page, browser }) => {
  await search(page, "smіth.family"); // the third letter is Cyrillic
  await expect(heading(page, "This only looks like smith.family")).toBeVisible();
  await expect(page.getByText("The third letter is a Cyrillic “і”, not the “i” on an English keyboard.")).toBeVisible();
  const owned = (await sharedHome(browser, "smith")).buyer.name;
  const twin = owned.replace("-", "");
  await search(page, twin);
  await expect(heading(page, `${twin} is easily mistaken for ${owned}`)).toBeVisible();
  expect(await offered(page)).not.toContain(twin);
});

test("a name that is lost while they choose is explained, and another goes on", async ({ page }) => {
  const name = `gone-${stamp}.family`;
  await search(page, name);
  await expect(page.locator(`input[type=radio][value="${name}"]`)).toBeChecked();
  await setName(name, "taken");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(heading(page, `${name} was taken while you were choosing`)).toBeVisible();
  await expect(page.getByText("Nothing was charged. These are not taken.")).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "This is how you will look" })).toBeVisible();
});

test("a name that is lost just before paying is explained, nothing is charged, and the rest stays filled in", async ({
  page,
}) => {
  const buyer = anna(`late-${stamp}.family`);
  await fillWizard(page, buyer, [{ given: "Ben", part: "ben", kind: "Adult" }]);
  await setName(buyer.name, "taken");
  await page.getByLabel(/Begin now/).check();
  await page.getByRole("button", { name: /^Subscribe and pay/ }).click();
  await expect(heading(page, `${buyer.name} was taken while you were choosing`)).toBeVisible();
  const sessions = JSON.stringify(await ledger("stripe", "checkout.session.created"));
  expect(sessions).not.toContain(buyer.name);
  const other = anna(`later-${stamp}.family`);
  await chooseName(page, other);
  await chooseLook(page, other);
  await page.getByRole("button", { name: "Continue" }).click();
  // The next screen's button, and not the same one twice.
  await expect(page).toHaveURL(/\/start\/deed/);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check and pay" })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: `@ben:${other.name}` })).toBeVisible();
});

test("with the registry away a name can still be chosen, and the page says what that means", async ({ page }) => {
  await planFault("cloudflare", { call: "registrar.check", kind: "500-before", times: 20 });
  await search(page, `away-${stamp}.family`);
  await expect(heading(page, "The registry does not answer just now")).toBeVisible();
  await forgetFaults();
});
