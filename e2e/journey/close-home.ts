import { renewBill, subscriptionOf } from "../support/sandbox.ts";
import { expect, type Page } from "../support/test.ts";
import { type Buyer, cards, typeCard } from "./buy-home.ts";

/** The page says so by itself once a worker has copied what the payment vendor has. */
export const reloadedUntil = (page: Page, seen: () => Promise<void>) =>
  expect(async () => {
    await page.reload();
    await seen();
  }).toPass({ timeout: 30_000 });

/** Whoever is signed in stops their bill, what is paid for ends, and its page says that the home rests. */
export async function closeHome(page: Page, { name, email }: Buyer): Promise<void> {
  await page.goto(`/home/${name}/bill/stop`);
  await page.getByRole("button", { name: /^Stop on/ }).click();
  await expect(page.getByRole("heading", { name: /^Your home closes on/ })).toBeVisible({ timeout: 30_000 });
  await renewBill(await subscriptionOf(email));
  const rests = page.getByRole("heading", { name: "Your home rests" });
  await reloadedUntil(page, () => expect(rests).toBeVisible({ timeout: 500 }));
}

/** From there to what opening it again costs, which nobody can say before the last bill is paid: it is drawn a moment later. */
export async function seeLastBill(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Open our home again" }).click();
  await page.waitForURL(/\/bill\/return$/);
  const payNow = page.getByRole("link", { name: "Pay £19.25 now" });
  await reloadedUntil(page, () => expect(payNow).toBeVisible({ timeout: 500 }));
}

/** Pays it on the vendor's page, and comes back. */
export async function payLastBill(page: Page, buyer: Buyer): Promise<void> {
  await page.getByRole("link", { name: "Pay £19.25 now" }).click();
  await page.getByRole("link", { name: /^Pay/ }).click();
  await typeCard(page, cards.success, buyer);
  await page.getByRole("button", { name: /^Pay/ }).click();
  await expect(page.getByText(/paid/i).first()).toBeVisible();
  await page.goto(`/home/${buyer.name}/bill/return`);
  const button = page.getByRole("button", { name: "Subscribe and pay £4.50" });
  await reloadedUntil(page, () => expect(button).toBeVisible({ timeout: 500 }));
}
