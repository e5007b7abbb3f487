import { namePart } from "./bill.ts";
import { add, addAll, atLeastZero, compare, type Money, negate, zero } from "./money.ts";
import { monthsAfter } from "./next-bill.ts";
import type { Quote } from "./quote.ts";
import { nameParts, type OrderBill, restsAsked } from "./read-bill.ts";

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
  const nameYear = later ? quote.renewalYear : quote.nameYear;
  const whole = namePart(nameYear, quote.period);
  // What an open invoice asks for is owed there, and not a second time. A part that a coupon made less is a whole one: what was
  // given is not taken back from whoever leaves.
  const parts = nameParts(standing, from, "paid", "open").map((part) => (compare(part, whole) < 0 ? whole : part));
  const asked = addAll([...parts, ...restsAsked(standing, from)], quote.currency);
  return atLeastZero(add(nameYear, negate(asked)));
}
