import { anna, type Buyer, cards, fillWizard, goToPayment, payWith, seeHome } from "./journey/buy-home.ts";
import { ledger } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

const stamp = Date.now().toString(36);

/** Everything up to the payment vendor's page. */
async function atPayment(page: Page, label: string): Promise<Buyer> {
  const buyer = anna(`${label}-${stamp}.family`);
  await fillWizard(page, buyer);
  await goToPayment(page);
  return buyer;
}

/** How often a card of this buyer was charged. */
const charges = async ({ email }: Buyer): Promise<number> =>
  (await ledger("stripe", "charge.succeeded")).filter((entry) => JSON.stringify(entry).includes(`"${email}"`)).length;

const besideCard = (page: Page) => page.locator("#card-error");

test("a declined card can be tried again with another", async ({ page }) => {
  const buyer = await atPayment(page, "declined");
  await payWith(page, cards.declined, buyer);
  await expect(besideCard(page)).toContainText("declined");
  await expect(page.getByRole("alert")).toContainText("Nothing was charged.");
  expect(await charges(buyer)).toBe(0);
  await payWith(page, cards.success, buyer);
  await seeHome(page, buyer);
  expect(await charges(buyer)).toBe(1);
});

test("a card without enough money on it says so, and another one pays", async ({ page }) => {
  const buyer = await atPayment(page, "poor");
  await payWith(page, cards.noMoney, buyer);
  await expect(besideCard(page)).toContainText("insufficient funds");
  expect(await charges(buyer)).toBe(0);
  await payWith(page, cards.success, buyer);
  await seeHome(page, buyer);
  expect(await charges(buyer)).toBe(1);
});

test("a bank that asks whether it is them gets its answer, and the home is made", async ({ page }) => {
  const buyer = await atPayment(page, "asked");
  await payWith(page, cards.threeDSecure, buyer);
  await expect(page.getByRole("heading", { level: 1, name: "Your bank asks: is this you?" })).toBeVisible();
  expect(await charges(buyer)).toBe(0);
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await seeHome(page, buyer);
  expect(await charges(buyer)).toBe(1);
});

test("a bank that gets no for an answer charges nothing, and the buyer may try again", async ({ page }) => {
  const buyer = await atPayment(page, "refused");
  await payWith(page, cards.threeDSecure, buyer);
  await page.getByRole("button", { name: "Fail authentication" }).click();
  await expect(besideCard(page)).toBeVisible();
  expect(await charges(buyer)).toBe(0);
  await payWith(page, cards.success, buyer);
  await seeHome(page, buyer);
  expect(await charges(buyer)).toBe(1);
});

test("coming back without paying charges nothing and keeps everything, and the button works again", async ({
  page,
}) => {
  const buyer = await atPayment(page, "back");
  await page.getByRole("link", { name: "Back, without paying" }).click();
  await expect(
    page.getByText("You came back without paying. Nothing was charged. Everything is as you left it."),
  ).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: "14 Mill Lane" })).toBeVisible();
  expect(await charges(buyer)).toBe(0);
  await goToPayment(page);
  await payWith(page, cards.success, buyer);
  await seeHome(page, buyer);
  expect(await charges(buyer)).toBe(1);
});

test("somebody who paid and goes back to the wizard is taken to their home, and cannot pay again", async ({ page }) => {
  const buyer = await atPayment(page, "twice");
  await payWith(page, cards.success, buyer);
  await seeHome(page, buyer);
  for (const screen of ["name", "look", "people", "deed", "pay"]) {
    await page.goto(`/start/${screen}`);
    await seeHome(page, buyer);
  }
  expect(await charges(buyer)).toBe(1);
});
