import { cards, goToPayment, seeHome, typeCard, typeCode } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { buyerOf, pay, toPayment } from "./support/paying.ts";
import { codeFor, mailsTo } from "./support/sandbox.ts";
import { joinStaff } from "./support/staff.ts";
import { expect, test } from "./support/test.ts";

test.setTimeout(180_000);

test("A code that takes the whole first bill leads back to where they pay, and they are told why", async ({ page }) => {
  const buyer = buyerOf("freecode");
  await toPayment(page, buyer);
  await typeCode(page, await codeFor({ percent_off: "100", duration: "once", name: "All of it" }));
  await typeCard(page, cards.success, buyer);
  await page.getByRole("button", { name: "Subscribe" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check and pay" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("status")).toContainText("That code takes the whole first bill");
  await goToPayment(page);
  await pay(page, buyer);
  await seeHome(page, buyer);
});

test("A buyer types a code on the payment page, and staff put another coupon on the bill: both stand there, with until when", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("coupon");
  await toPayment(page, buyer);
  await typeCode(page, await codeFor({ percent_off: "10", duration: "forever", name: "Welcome" }));
  await pay(page, buyer);
  await seeHome(page, buyer);
  const receipt = (await mailsTo(buyer.email)).find(({ subject }) => subject.startsWith("Receipt"));
  expect(receipt?.subject).toMatch(/: £5\.62$/);
  expect(receipt?.text).toContain("Your coupon: -£0.63");
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}/bill`);
  const bill = page.getByRole("region", { name: "What you pay for" });
  await expect(async () => {
    await page.reload();
    await expect(bill).toContainText("Coupon: Welcome", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(bill).toContainText("-£0.63");
  await expect(bill).toContainText("Without the coupon it is £6.25.");
  await expect(page.getByRole("row").filter({ hasText: "Less £0.63 by a coupon." })).toContainText("£5.62");

  const desk = await openBrowser();
  await joinStaff(desk, "hazel@nameplate.example", "Hazel");
  await desk.goto(`/admin?q=${buyer.name}`);
  await desk.getByRole("link", { name: buyer.name }).click();
  const code = await codeFor({ amount_off: "100", currency: "gbp", duration: "once", name: "For the trouble" });
  await desk.getByRole("button", { name: "Put a coupon on it" }).click();
  const asked = desk.getByRole("dialog", { name: `Put a coupon on the bill of ${buyer.name}?` });
  await asked.getByLabel("Code").fill(code);
  await asked.getByLabel("Why").fill("Their home was away for a day.");
  await asked.getByRole("button", { name: "Put it on" }).click();
  await expect(desk.getByText(`A worker was asked to put ${code} on the bill.`)).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(bill).toContainText("Coupon: For the trouble", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(bill).toContainText("Off the next bill alone.");
  await expect(page.getByText(/^£4\.62 on /)).toBeVisible();
});
