import { anna, type Buyer, cards, type Dweller, fillWizard, goToPayment, payWith } from "../journey/buy-home.ts";
import type { Page } from "./test.ts";

/** Makes names that no other run has used. */
const stamp = Date.now().toString(36);

export const buyerOf = (label: string): Buyer => anna(`${label}-${stamp}.family`);

/** Fills everything in and stops at the payment vendor's page. */
export async function toPayment(page: Page, buyer: Buyer, people: readonly Dweller[] = []): Promise<void> {
  await fillWizard(page, buyer, people);
  await goToPayment(page);
}

/** Pays there, and is led back to watch. */
export async function pay(page: Page, buyer: Buyer): Promise<void> {
  await payWith(page, cards.success, buyer);
  await page.waitForURL(/\/start\/(watch|home)/);
}
