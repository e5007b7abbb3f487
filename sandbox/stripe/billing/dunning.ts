import { z } from "zod";

/** What is done about an invoice that its card does not pay. Stripe has it in the account's settings. */
export interface Dunning {
  /** Days from each failed try to the next; after the last there is none. */
  readonly days: readonly number[];
  /** What becomes of the subscription then. */
  readonly end: "cancel" | "past_due" | "unpaid";
}

/** Stripe's own custom schedule (docs.stripe.com/billing/revenue-recovery/smart-retries, from memory) and its usual end. */
export const usualDunning: Dunning = { days: [3, 5, 7], end: "cancel" };

/** `3,5,7`, as a setting writes it. */
export const retryDays = z
  .string()
  .regex(/^\d{1,2}(,\d{1,2}){0,7}$/)
  .transform((list) => list.split(",").map(Number));

const daySeconds = 86_400;

/** When the try after `attempts` failed ones comes, in unix seconds; null when there is none. */
export function nextTry({ days }: Dunning, attempts: number, now: number): number | null {
  const wait = days[attempts - 1];
  return wait === undefined ? null : now + wait * daySeconds;
}
