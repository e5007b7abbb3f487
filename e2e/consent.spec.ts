import AxeBuilder from "@axe-core/playwright";
import {
  buyHome,
  cards,
  choosePassword,
  fillWizard,
  forChildren,
  goToPayment,
  payWith,
  seeHome,
} from "./journey/buy-home.ts";
import { asApp } from "./journey/sealed-message.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { urls } from "./support/copy.ts";
import { invite, inviteLink, sayYes } from "./support/other-parent.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(240_000);

const mia = { given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" } as const;
const cleo = { given: "Cleo", part: "cleo", kind: "Child, under 18", age: "13 to 15" } as const;
const password = "a plum on a slow tram";
const faults = async (page: Page) => (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations;

test("A parent agrees before a child has an account, reads it afterwards, withdraws it, and the other one agrees again", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("consent");
  await fillWizard(page, buyer, [mia, cleo]);
  // Who is thirteen in the United Kingdom decides alone.
  await expect(forChildren(page)).toHaveAccessibleName(
    /guardian of Mia, and agree to this account. The country we live in: United Kingdom/,
  );
  await expect(forChildren(page)).not.toBeChecked();
  await page.getByLabel(/Begin now/).check();
  await page.getByRole("button", { name: /^Subscribe and pay/ }).click();
  await expect(page.locator("#childConsent-error")).toContainText(
    "Without a parent’s word a child has no account here.",
  );
  await expect(page.getByLabel(/Begin now/)).toBeChecked();
  await expect(page.locator("#consent-error")).toHaveCount(0);
  expect(await faults(page)).toEqual([]);
  await page.getByRole("link", { name: "Tick the box if you agree as a parent" }).click();
  await page.keyboard.press("Space");
  await expect(forChildren(page)).toBeChecked();
  await goToPayment(page);
  await payWith(page, cards.success, buyer);
  await seeHome(page, buyer);
  const linkOf = async (given: string) =>
    `${urls.web}${await page.getByRole("link", { name: `Open ${given}’s card together` }).getAttribute("href")}`;
  const [card, cleos] = [await linkOf("Mia"), await linkOf("Cleo")];

  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}`);
  await expect(page.getByText("We have no word from you")).toHaveCount(0);
  await page.getByRole("link", { name: "Change the rules for Mia" }).click();
  await page.getByRole("link", { name: "Your consent", exact: true }).click();
  const agreed = page.getByRole("region", { name: "What was agreed" });
  await expect(agreed).toContainText("I am the parent or guardian of Mia");
  await expect(agreed).toContainText("On our page, and with a card that paid");
  await expect(agreed).toContainText("United Kingdom");
  await expect(page.getByRole("region", { name: "When Mia decides alone" })).toContainText("from the age of 13");
  const consent = page.url();
  expect(await faults(page)).toEqual([]);

  // The other parent, and a card that is open meanwhile.
  const bens = `ben-${buyer.email}`;
  await invite(page, { name: buyer.name, given: "Ben", email: bens });
  const his = await openBrowser();
  await his.goto(await inviteLink(bens, 1));
  await sayYes(his, bens);
  const childs = await openBrowser();
  await childs.goto(card);
  await his.goto(consent);
  await his.getByRole("link", { name: "Withdraw this consent" }).click();
  await expect(his.getByRole("heading", { level: 1, name: "Withdraw your consent for Mia?" })).toBeVisible();
  expect(await faults(his)).toEqual([]);
  await his.getByRole("button", { name: "Withdraw it, and pause the account" }).click();
  await expect(his.getByText("Withdrawn. The account is paused within seconds.")).toBeVisible();
  expect(await faults(his)).toEqual([]);
  await savePassword(childs);
  await expect(childs.getByRole("heading", { level: 1, name: "Your account is paused" })).toBeVisible();
  expect(await faults(childs)).toEqual([]);
  const subjects = async (to: string) => (await mailsTo(to)).map(({ subject }) => subject);
  await expect.poll(() => subjects(buyer.email)).toContain("Mia’s account is paused: Ben withdrew the consent");

  // She sees it on the family's page, and agrees: everything is as before.
  await page.goto(`/home/${buyer.name}`);
  await expect(page.getByText("Ben withdrew the consent", { exact: false })).toBeVisible();
  await page.getByRole("link", { name: "See the consent for Mia" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#childConsent-error")).toBeVisible();
  await forChildren(page).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Thank you.")).toBeVisible();
  await expect.poll(() => subjects(bens)).toContain("Mia’s account works again: Anna agreed to it");
  await childs.goto(card);
  await choosePassword(childs, password);

  // Cleo agrees alone, on the card.
  await childs.goto(cleos);
  await expect(childs.getByText("You are old enough to decide about this account yourself.")).toBeVisible();
  await savePassword(childs);
  await expect(childs.locator("#own-error")).toContainText("Tick the box if you agree to this account.");
  expect(await faults(childs)).toEqual([]);
  await childs.getByLabel(/^I agree to this account/).check();
  await choosePassword(childs, password);
  await page.goto(`/home/${buyer.name}`);
  await page.getByRole("link", { name: "Change the rules for Cleo" }).click();
  await page.getByRole("link", { name: "Your consent", exact: true }).click();
  await expect(page.getByRole("region", { name: "What was agreed" })).toContainText("Cleo agreed alone, on the card");
  await expect(page.getByRole("link", { name: "Withdraw this consent" })).toHaveCount(0);

  // An app that is signed in is refused while it is withdrawn, and no longer.
  const sync = () =>
    asApp({ name: buyer.name, part: "mia", password, calls: [{ method: "GET", path: "sync?timeout=0" }] });
  expect((await sync())[0]?.status).toBe(200);
  await page.goto(`${consent}/withdraw`);
  await page.getByRole("button", { name: "Withdraw it, and pause the account" }).click();
  const soon = { timeout: 20_000 };
  await expect(async () => expect((await sync())[0]?.status).toBe(403)).toPass(soon);
  await forChildren(page).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(async () => expect((await sync())[0]?.status).toBe(200)).toPass(soon);
});

/** As the child's page was before. */
async function savePassword(page: Page): Promise<void> {
  await page.getByLabel(/^(Choose a password|Make a secret password)/).fill(password);
  await page.getByRole("button", { name: "Save my password" }).click();
}

test("A child who is added to a home needs a parent's tick too, and its record stands on its page", async ({
  page,
}) => {
  const buyer = buyerOf("consent-add");
  await buyHome(page, buyer);
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}/people/add`);
  await page.getByLabel("Given name").fill("Mia");
  await page.getByLabel("Their part of the address").fill("mia");
  await page.getByLabel("Child, under 18").check();
  await page.getByLabel("Under 10", { exact: true }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  const add = page.getByRole("button", { name: "Add Mia" });
  await add.click();
  await expect(page.locator("#childConsent-error")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await forChildren(page).check();
  await add.click();
  await page.waitForURL(/\/home\/[^/]+(\/bill)?$/);
  await expect(async () => {
    await page.goto(`/home/${buyer.name}`);
    await expect(page.getByRole("link", { name: "Change the rules for Mia" })).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByText("We have no word from you")).toHaveCount(0);
  await page.getByRole("link", { name: "Change the rules for Mia" }).click();
  await page.getByRole("link", { name: "Your consent", exact: true }).click();
  await expect(page.getByRole("region", { name: "What was agreed" })).toContainText(
    "I am the parent or guardian of Mia",
  );
});
