import { type Buyer, buyHome, typeCard } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo, renewBill, subscriptionOf } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(240_000);

const taken = "4242 4242 4242 4242";
/** Attaches, and every later charge of it fails. */
const failsLater = "4000 0000 0000 0341";

async function giveCard(page: Page, number: string, buyer: Buyer): Promise<void> {
  await page.getByRole("button", { name: "Use another card" }).first().click();
  await typeCard(page, number, buyer);
  await page.getByRole("button", { name: "Use this card" }).click();
  await page.waitForURL(/\/home\/.*\/bill/);
}

/** The page says so by itself once a worker has copied what the payment vendor has. */
const reloadedUntil = (page: Page, seen: () => Promise<void>) =>
  expect(async () => {
    await page.reload();
    await seen();
  }).toPass({ timeout: 30_000 });

test("A family reads its bill, gives another card, owes a month, pays it, stops, and thinks better of it", async ({
  page,
}) => {
  const buyer = buyerOf("bill");
  await buyHome(page, buyer);
  await signInByMail(page, buyer.email);
  await page.getByRole("link", { name: "Bill", exact: true }).click();
  await page.waitForURL(/\/bill$/);
  const paid = page.getByRole("region", { name: /^Table of payments/ }).getByRole("row");
  await reloadedUntil(page, () =>
    expect(page.getByRole("link", { name: /^Invoice/ })).toHaveCount(1, { timeout: 500 }),
  );
  await expect(paid.filter({ hasText: "First month, first part of the name" })).toContainText("£6.25");
  await expect(page.getByText("1 of 12 paid")).toBeVisible();
  const invoice = await page.request.get(
    (await page.getByRole("link", { name: /^Invoice/ }).getAttribute("href")) ?? "",
  );
  expect(invoice.headers()["content-type"]).toContain("pdf");

  await giveCard(page, failsLater, buyer);
  const subscription = await subscriptionOf(buyer.email);
  await renewBill(subscription);
  const trouble = page.getByRole("heading", { name: "We could not take £6.25 from Visa ending 0341" });
  await reloadedUntil(page, () => expect(trouble).toBeVisible({ timeout: 500 }));
  await expect.poll(async () => (await mailsTo(buyer.email))[0]?.subject).toBe("We could not take £6.25");
  // The family page leads here as well.
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await expect(trouble).toBeVisible();
  await page.getByRole("link", { name: "Pay £6.25 now" }).click();
  await page.getByRole("link", { name: /^Pay/ }).click();
  await typeCard(page, taken, buyer);
  await page.getByRole("button", { name: /^Pay/ }).click();
  await expect(page.getByText(/paid/i).first()).toBeVisible();
  await page.goto(`/home/${buyer.name}/bill`);
  await reloadedUntil(page, () => expect(trouble).toHaveCount(0, { timeout: 500 }));
  await expect(page.getByText("2 of 12 paid")).toBeVisible();

  await page.getByRole("link", { name: "Stop and leave" }).click();
  await expect(page.getByText("Your last bill is £17.50")).toBeVisible();
  await page.getByRole("button", { name: /^Stop on/ }).click();
  await expect(page.getByRole("heading", { name: /^Your home closes on/ })).toBeVisible({ timeout: 30_000 });
  await expect.poll(async () => (await mailsTo(buyer.email))[0]?.subject).toMatch(/^Your home closes on/);
  await page.getByRole("button", { name: "Keep my home" }).click();
  await expect(page.getByRole("link", { name: "Stop and leave" })).toBeVisible({ timeout: 30_000 });

  await page.getByRole("link", { name: "Stop and leave" }).click();
  await page.getByRole("button", { name: /^Stop on/ }).click();
  await expect(page.getByRole("heading", { name: /^Your home closes on/ })).toBeVisible({ timeout: 30_000 });
  await renewBill(subscription);
  const last = paid.filter({ hasText: "Last bill, the rest of the name’s year" });
  await reloadedUntil(page, () => expect(last).toContainText("£17.50", { timeout: 500 }));
  await expect(page.getByText(/^This bill ended on/)).toBeVisible();
  await reloadedUntil(page, () =>
    expect(page.getByRole("heading", { name: "Your home rests" })).toBeVisible({ timeout: 500 }),
  );
});
