import { add, addAll, atLeastZero, type Money, negate, zero } from "./money.ts";
import { monthsAfter } from "./next-bill.ts";
import type { Quote } from "./quote.ts";
import { nameParts, type OrderBill } from "./read-bill.ts";

/** The beginning of the name's year that `at` lies in; the first one began with the bill. */
export function nameYearOf(begunAt: Date, at: Date): Date {
  let years = 0;
  while (monthsAfter(begunAt, 12 * (years + 1)) <= at) years++;
  return monthsAfter(begunAt, 12 * years);
}

/**
 * What of the name's year is still to be paid by whoever leaves at `at`: a registry takes no name back. The first year has its
 * own price, each later one that of a renewal; what was paid of it, or is asked for, is what its invoices say.
 */
export function restOfYear(quote: Quote, { standing, begunAt }: OrderBill, at: Date): Money {
  if (!begunAt) return zero(quote.currency); // nothing was begun
  const from = nameYearOf(begunAt, at);
  const later = from > begunAt;
  // Whoever leaves when a year begins has begun nothing of it.
  if (later && at.getTime() === from.getTime()) return zero(quote.currency);
  // What an open invoice asks for is owed there, and not a second time.
  const asked = addAll(nameParts(standing, from, "paid", "open"), quote.currency);
  return atLeastZero(add(later ? quote.renewalYear : quote.nameYear, negate(asked)));
}
