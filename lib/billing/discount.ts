import { z } from "zod";
import { add, addAll, compare, hundredthsOf, type Money, moneyOf, negate } from "./money.ts";
import { type BillSubscription, linesOfSubscription } from "./read-bill.ts";

/** What a coupon takes off a bill. */
export interface Discount {
  /** The coupon's name. */
  readonly label: string;
  readonly off: Money;
  /** Off that bill alone. */
  readonly once: boolean;
  readonly until: Date | null;
}

const kept = z.array(
  z.object({
    label: z.string(),
    hundredths: z.number().int().nullable(),
    minor: z.number().int().nullable(),
    once: z.boolean(),
    until: z.iso.datetime().nullable(),
  }),
);

/**
 * What coupons take off the bill that is drawn at `at`, as the vendor reckons: a percentage off each line, rounded there; a sum
 * off all of it, and never more than there is. Each sees what the one before it left.
 */
export function discountsAt(
  one: Pick<BillSubscription, "lines" | "currency" | "discounts">,
  at: Date,
): readonly Discount[] {
  const { currency } = one;
  let left = linesOfSubscription(one).map(({ sum }) => sum);
  return kept
    .parse(one.discounts)
    .filter(({ until }) => until === null || at < new Date(until))
    .map(({ label, hundredths, minor, once, until }) => {
      const whole = addAll(left, currency);
      const taken =
        hundredths === null ? smaller(moneyOf(minor ?? 0, currency), whole) : offEach(left, hundredths, currency);
      if (hundredths !== null) left = left.map((sum) => add(sum, negate(hundredthsOf(sum, hundredths))));
      else left = [add(whole, negate(taken))];
      return { label, off: taken, once, until: until === null ? null : new Date(until) };
    });
}

const smaller = (a: Money, b: Money): Money => (compare(a, b) < 0 ? a : b);

const offEach = (sums: readonly Money[], hundredths: number, currency: string): Money =>
  addAll(
    sums.map((sum) => hundredthsOf(sum, hundredths)),
    currency,
  );

/** All of them together. */
export const allOff = (discounts: readonly Discount[], currency: string): Money =>
  addAll(
    discounts.map(({ off }) => off),
    currency,
  );
