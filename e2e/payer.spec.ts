import { cards, typeCard } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { buyWithBen, linkToBill } from "./support/other-payer.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo, renewBill, subscriptionOf } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(240_000);

const mastercard = "5555 5555 5555 4444";
const who = (page: Page) => page.getByRole("region", { name: "Who pays" });
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

/** Chooses Ben, reads what will change, and asks him. */
async function askBen(page: Page, email: string): Promise<void> {
  await page.getByRole("link", { name: "Let somebody else pay" }).click();
  await page.getByLabel("Ben").check();
  await page.getByLabel("Their e-mail").fill(email);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(heading(page, /^Ask Ben to pay for/)).toBeVisible();
  await expect(page.getByText("Ben pays from the next bill on: as things stand £6.25")).toBeVisible();
  await page.getByRole("button", { name: "Ask Ben" }).click();
  await expect(who(page)).toContainText("Waiting for Ben since");
}

test("Ben takes over the bill with a card of his own, and Anna keeps her home", async ({ page, openBrowser }) => {
  const buyer = buyerOf("payer");
  const his = await openBrowser();
  const ben = await buyWithBen(page, his, buyer);

  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}/bill`);
  await expect(async () => {
    await page.reload();
    await expect(who(page)).toContainText("Visa ending 4242, until 12/34", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(who(page)).toContainText(buyer.email);

  // A mistake is named; what he was asked is taken back, and his link says so.
  await page.getByRole("link", { name: "Let somebody else pay" }).click();
  await expect(page.getByLabel("Mia")).toHaveCount(0);
  await page.getByLabel("Ben").check();
  await page.getByLabel("Their e-mail").fill("ben");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.locator("#email-error")).toContainText("Write their e-mail");
  await expect(page.getByLabel("Ben")).toBeChecked();
  await page.goto(`/home/${buyer.name}/bill`);
  await askBen(page, ben);
  const first = await linkToBill(ben, 1);
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByRole("link", { name: "Let somebody else pay" })).toBeVisible();
  await his.goto(first);
  await expect(heading(his, "This was taken back")).toBeVisible();

  await askBen(page, ben);
  const link = await linkToBill(ben, 2);
  await his.goto(link);
  await expect(heading(his, `Pay for ${buyer.name}?`)).toBeVisible();
  await expect(his.getByText(/^Your first bill is £6.25 on/)).toBeVisible();
  await expect(his.getByText(/for the rest of the name’s year/)).toBeVisible();
  await expect(his.getByRole("main")).not.toContainText("4242");
  await his.getByRole("button", { name: "Give my card" }).click();
  await expect(his.locator("#agree-error")).toBeVisible();
  await his.getByLabel(/^I pay for/).check();
  await his.getByRole("button", { name: "Give my card" }).click();

  // A card that the bank refuses changes nothing, nor does a page that is left.
  await typeCard(his, cards.declined, { given: "Ben" });
  await his.getByRole("button", { name: "Save this card" }).click();
  await expect(his.getByText("Your card was declined.")).toBeVisible();
  await his.goto(link);
  await his.getByLabel(/^I pay for/).check();
  await his.getByRole("button", { name: "Give my card" }).click();
  await typeCard(his, mastercard, { given: "Ben" });
  await his.getByRole("button", { name: "Save this card" }).click();
  await his.waitForURL(/\/bill\//);
  await expect(heading(his, `You pay for ${buyer.name}`)).toBeVisible({ timeout: 45_000 });
  await expect.poll(async () => (await mailsTo(ben))[0]?.subject).toBe(`You pay for ${buyer.name} from now on`);
  await expect
    .poll(async () => (await mailsTo(buyer.email))[0]?.subject)
    .toBe(`Ben Smith pays for ${buyer.name} from now on`);

  // Anna runs her home, and reads who pays; the bill is his.
  await page.goto(`/home/${buyer.name}`);
  await expect(page.getByText("Ben Smith pays for your home.")).toBeVisible();
  await page.goto(`/home/${buyer.name}/bill/stop`);
  await expect(page.getByText(/^Ben Smith pays for your home since/)).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("£");

  await signInByMail(his, ben);
  await his.waitForURL(/\/bill$/);
  await expect(who(his)).toContainText("Mastercard ending 4444, until 12/34");
  await expect(his.getByRole("link", { name: "Let somebody else pay" })).toBeVisible();
  await expect(his.getByRole("link", { name: "Stop and leave" })).toBeVisible();
  await expect(his.getByRole("link", { name: "Add a person" })).toHaveCount(0);
  // Nothing was taken for it, and the next month is his.
  await expect(his.getByRole("link", { name: /^Invoice/ })).toHaveCount(1);
  await renewBill(await subscriptionOf(buyer.email));
  await expect(async () => {
    await his.reload();
    await expect(his.getByRole("link", { name: /^Invoice/ })).toHaveCount(2, { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await his.goto(`/home/${buyer.name}/people/add`);
  await his.waitForURL(/\/bill$/);
});
