import {
  addPeople,
  anna,
  buyHome,
  cards,
  chooseLook,
  chooseName,
  type Dweller,
  fillDeed,
  fillWizard,
  goToPayment,
  payWith,
  seeHome,
} from "./journey/buy-home.ts";
import { mailsTo } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

const stamp = Date.now().toString(36);
const ben: Dweller = { given: "Ben", part: "ben", kind: "Adult", email: "ben@post.example" };
const mia: Dweller = { given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" };

const seeScreen = (page: Page, heading: string) =>
  expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();

/** The tab is closed, the browser is not; later somebody opens the wizard again. */
async function closeAndComeBack(page: Page): Promise<Page> {
  const context = page.context();
  await page.close();
  const again = await context.newPage();
  await again.goto("/start");
  return again;
}

/** Everything that was answered, as "Check and pay" has it. */
async function seeEverything(page: Page, name: string): Promise<void> {
  await seeScreen(page, "Check and pay");
  for (const answer of [
    name,
    `@anna:${name}`,
    `@ben:${name}`,
    `Mia, child, @mia:${name}`,
    "Anna Smith, 14 Mill Lane, Frome",
  ])
    await expect(page.getByRole("definition").filter({ hasText: answer }).first()).toBeVisible();
}

test("closing the tab at each screen and coming back in the same browser loses nothing", async ({ page }) => {
  const buyer = anna(`resume-${stamp}.family`);
  await chooseName(page, buyer);
  let tab = await closeAndComeBack(page);
  await seeScreen(tab, "This is how you will look");
  await expect(tab.getByRole("complementary", { name: "Your order so far" })).toContainText(buyer.name);

  await chooseLook(tab, buyer);
  tab = await closeAndComeBack(tab);
  await seeScreen(tab, "Who is it for?");

  await tab.getByRole("button", { name: "Add another person" }).click();
  const first = tab.locator("fieldset.card").first();
  await first.getByLabel("Given name").fill("Ben");
  await tab.getByRole("button", { name: "Add another person" }).click();
  await expect(tab.locator("fieldset.card")).toHaveCount(2);
  tab = await closeAndComeBack(tab);
  await seeScreen(tab, "Who is it for?");
  await expect(tab.locator("fieldset.card")).toHaveCount(2);
  await expect(tab.locator("fieldset.card").first().getByLabel("Given name")).toHaveValue("Ben");
  for (const left of [1, 0]) {
    await tab.getByRole("button", { name: "Take out" }).first().click();
    await expect(tab.locator("fieldset.card")).toHaveCount(left);
  }
  await addPeople(tab, [ben, mia]);
  tab = await closeAndComeBack(tab);
  await seeScreen(tab, "Whose name goes on the deed?");

  await tab.getByLabel("Full name").fill("Anna Smith");
  await tab.getByLabel("Phone").fill("12");
  await tab.getByRole("button", { name: "Continue" }).click();
  await expect(tab.getByRole("alert")).toBeVisible();
  tab = await closeAndComeBack(tab);
  await seeScreen(tab, "Whose name goes on the deed?");
  await expect(tab.getByLabel("Full name")).toHaveValue("Anna Smith");
  await expect(tab.getByLabel("Phone")).toHaveValue("12");
  await fillDeed(tab, buyer);
  tab = await closeAndComeBack(tab);
  await seeEverything(tab, buyer.name);

  // Each earlier screen still has what was typed there.
  await tab.getByRole("link", { name: "Change the owner’s details" }).click();
  await expect(tab.getByLabel("House and street")).toHaveValue("14 Mill Lane");
  await tab.getByRole("link", { name: "Back" }).click();
  await expect(tab.locator("fieldset.card").nth(1).getByLabel("Child, under 18")).toBeChecked();
  await tab.getByRole("link", { name: "Back" }).click();
  await expect(tab.getByLabel("Your part of the address")).toHaveValue("anna");
  await tab.getByRole("link", { name: "Back" }).click();
  await expect(tab.locator(`input[type=radio][value="${buyer.name}"]`)).toBeChecked();

  // At the payment page, and while the home is made.
  await tab.goto("/start");
  await goToPayment(tab);
  tab = await closeAndComeBack(tab);
  await seeEverything(tab, buyer.name);
  await goToPayment(tab);
  await payWith(tab, cards.success, buyer);
  await expect(tab).toHaveURL(/\/start\/(watch|home)/);
  tab = await closeAndComeBack(tab);
  await seeHome(tab, buyer);
});

test("what was typed and not sent yet is there again after the tab was closed, on each screen", async ({ page }) => {
  const buyer = anna(`unsent-${stamp}.family`);
  await chooseName(page, buyer);
  // What keeps it is a script: it is there once the page has loaded.
  await page.waitForLoadState("networkidle");
  await page.getByLabel("What do people call you?").fill("Anneliese");
  await page.getByLabel("Type your name once more").fill("unsen");
  let tab = await closeAndComeBack(page);
  await expect(tab.getByLabel("What do people call you?")).toHaveValue("Anneliese");
  await expect(tab.getByLabel("Type your name once more")).toHaveValue("unsen");
  await expect(tab.getByRole("alert").filter({ hasText: "problem" })).toHaveCount(0);

  await chooseLook(tab, buyer);
  await tab.getByRole("button", { name: "Add another person" }).click();
  await expect(tab.locator("fieldset.card")).toHaveCount(1);
  await tab.waitForLoadState("networkidle");
  await tab.getByLabel("Given name").fill("Mia");
  await tab.getByLabel("Child, under 18").check();
  await tab.getByLabel("10 to 12").check();
  tab = await closeAndComeBack(tab);
  await expect(tab.getByLabel("Given name")).toHaveValue("Mia");
  await expect(tab.getByLabel("Child, under 18")).toBeChecked();
  await expect(tab.getByLabel("10 to 12")).toBeChecked();
  await tab.getByLabel("Their part of the address").fill("mia");
  await tab.getByRole("button", { name: "Continue" }).click();

  await seeScreen(tab, "Whose name goes on the deed?");
  await tab.waitForLoadState("networkidle");
  await tab.getByLabel("Country").selectOption({ label: "United Kingdom" });
  await tab.getByLabel("House and street").fill("14 Mill");
  // Going back inside the page keeps it, too.
  await tab.getByRole("link", { name: "Back" }).click();
  await seeScreen(tab, "Who is it for?");
  tab = await closeAndComeBack(tab);
  await expect(tab.getByLabel("Country")).toHaveValue("GB");
  await expect(tab.getByLabel("House and street")).toHaveValue("14 Mill");
  await fillDeed(tab, buyer);
});

test("the link of “Save and finish later” opens everything in another browser, once, and shuts nobody out", async ({
  page,
  openBrowser,
}) => {
  const buyer = anna(`saved-${stamp}.family`);
  await fillWizard(page, buyer, [ben, mia]);
  await page.getByRole("link", { name: "Save and finish later" }).click();
  await page.getByLabel("Where should we send your link?").fill(buyer.email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(
    page.getByText(`We sent a link to ${buyer.email}. It opens this page as you left it, for 30 days.`),
  ).toBeVisible();
  await expect.poll(async () => (await mailsTo(buyer.email)).length).toBe(1);
  const [mail] = await mailsTo(buyer.email);
  expect(mail?.subject).toBe(`Your name is waiting: ${buyer.name}`);
  const link = mail?.links.find((one) => one.includes("/start/resume/")) ?? "no link in the mail";

  const other = await openBrowser();
  await other.goto(link);
  await other.goto(link); // opening uses nothing up
  await other.getByRole("button", { name: "Go on where I stopped" }).click();
  await seeEverything(other, buyer.name);

  const third = await openBrowser();
  await third.goto(link);
  await seeScreen(third, "This link was used");
  await third.goto("/start/pay");
  await seeScreen(third, "What should your name be?");

  const first = await closeAndComeBack(page);
  await seeEverything(first, buyer.name);
});

test("a lost link is replaced by asking for a new one, and nobody learns whether an order waits", async ({
  page,
  openBrowser,
}) => {
  const buyer = anna(`again-${stamp}.family`);
  await fillWizard(page, buyer);
  const other = await openBrowser();
  for (const email of [`nobody-${stamp}@post.example`, buyer.email]) {
    await other.goto("/start/resume");
    await other.getByLabel("Your e-mail").fill(email);
    await other.getByRole("button", { name: "Send me a link" }).click();
    await expect(other.getByText("If an order waits for that address, a new link is on its way.")).toBeVisible();
  }
  await expect.poll(async () => (await mailsTo(buyer.email)).length).toBe(1);
  expect(await mailsTo(`nobody-${stamp}@post.example`)).toEqual([]);
  const [mail] = await mailsTo(buyer.email);
  await other.goto(mail?.links.find((one) => one.includes("/start/resume/")) ?? "no link in the mail");
  await other.getByRole("button", { name: "Go on where I stopped" }).click();
  await seeScreen(other, "Check and pay");
});

test("of two tabs the older one says that there is a newer version, and overwrites nothing", async ({
  page,
  context,
}) => {
  const buyer = anna(`tabs-${stamp}.family`);
  await fillWizard(page, buyer);
  await page.goto("/start/deed");
  const older = await context.newPage();
  await older.goto("/start/deed");
  await page.getByLabel("House and street").fill("15 Mill Lane");
  await page.getByRole("button", { name: "Continue" }).click();
  await seeScreen(page, "Check and pay");
  await older.getByLabel("House and street").fill("16 Mill Lane");
  await older.getByRole("button", { name: "Continue" }).click();
  await expect(
    older.getByText("You changed this in another window. This is the newer version; check it and go on."),
  ).toBeVisible();
  await expect(older.getByLabel("House and street")).toHaveValue("15 Mill Lane");
});

test("of two tabs that press the paying button only one can be paid", async ({ page, context }) => {
  const buyer = anna(`twice-${stamp}.family`);
  await fillWizard(page, buyer);
  const other = await context.newPage();
  await other.goto("/start/pay");
  await goToPayment(page);
  await goToPayment(other);
  await page.getByLabel("Card number").fill(cards.success);
  await page.getByRole("button", { name: /^Subscribe and pay/ }).click();
  await seeScreen(page, "This payment page has run out");
  await payWith(other, cards.success, buyer);
  await seeHome(other, buyer);
});

test("somebody with a home who buys another finds both apart", async ({ page, context }) => {
  const first = anna(`one-${stamp}.family`);
  await buyHome(page, first);
  await page.goto("/start/name?q=two");
  await seeHome(page, first);
  expect(context.pages()).toHaveLength(1);
});
