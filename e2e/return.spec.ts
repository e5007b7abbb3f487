import { buyHome, cards, payWith } from "./journey/buy-home.ts";
import { closeHome, payLastBill, reloadedUntil, seeLastBill } from "./journey/close-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo } from "./support/sandbox.ts";
import { expect, test } from "./support/test.ts";

test.setTimeout(240_000);

test("A family closes its home, pays its last bill, and opens its home again for what the home alone costs", async ({
  page,
}) => {
  const buyer = buyerOf("return");
  await buyHome(page, buyer);
  await signInByMail(page, buyer.email);
  await closeHome(page, buyer);
  await seeLastBill(page);
  await payLastBill(page, buyer);

  await expect(page.getByText(/^Your name is paid until/)).toBeVisible();
  await expect(page.getByText(/From .* it is £6.25, with the name’s next year/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Pay by the year instead" })).toBeVisible();
  const button = page.getByRole("button", { name: "Subscribe and pay £4.50" });
  await button.click();
  await expect(page.getByRole("alert", { name: "There is a problem" })).toContainText("Tick the box");
  await page.getByLabel(/^Begin now/).check();
  await button.click();
  await payWith(page, cards.success, buyer);
  await expect(page).toHaveURL(/\/home\/[^/]*\/bill$/, { timeout: 30_000 });
  await expect(page.getByText(/^Your name is paid until/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Your home rests" })).toHaveCount(0);
  const paid = page.getByRole("region", { name: /^Table of payments/ }).getByRole("row");
  await expect(paid.filter({ hasText: "Open again, first month" })).toContainText("£4.50");
  await expect.poll(async () => (await mailsTo(buyer.email))[0]?.subject).toBe("Your home is open again");
  await page.goto(`/home/${buyer.name}`);
  await reloadedUntil(page, () => expect(page.getByText("All well")).toBeVisible({ timeout: 500 }));
});
