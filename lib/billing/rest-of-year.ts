import { namePart } from "./bill.ts";
import { add, addAll, atLeastZero, atMost, compare, type Money, negate, zero } from "./money.ts";
import { beginningOf, priceOf, yearAt } from "./name-year.ts";
import type { Quote } from "./quote.ts";
import { nameParts, type OrderBill, restsAsked } from "./read-bill.ts";
import type { Period } from "./read-price-book.ts";

/** What that year of the name costs: its own price, and before one is known that of the year before or of a renewal as agreed. */
export function yearPrice(quote: Quote, years: OrderBill["years"], year: number): Money {
  if (year <= 1) return quote.nameYear;
  const known = years.find((one) => one.year === year);
  if (known) return priceOf(known);
  return year === 2 ? quote.renewalYear : yearPrice(quote, years, year - 1);
}

/**
 * What of the name's year is still to be paid by whoever leaves at `at`: a registry takes no name back. What was paid of it, or is
 * asked for, is what its invoices say.
 */
export function restOfYear(quote: Quote, bill: OrderBill, at: Date): Money {
  const { begunAt } = bill;
  return begunAt ? leftOfYear(quote, bill, begunAt, yearToPay(begunAt, at)) : zero(quote.currency); // nothing was begun
}

/** What of that year of the name was neither paid nor asked for. */
export function leftOfYear(
  quote: Quote,
  { standing, years }: Pick<OrderBill, "standing" | "years">,
  begunAt: Date,
  year: number,
): Money {
  const from = beginningOf(begunAt, year);
  const price = yearPrice(quote, years, year);
  const whole = wholePart(quote, years, year);
  // What an open invoice asks for is owed there, and not a second time. A part that somebody made less is a whole one: what was
  // given is not taken back from whoever leaves.
  const parts = nameParts(standing, from, "paid", "open").map(({ sum, drawnAt, period }) => {
    const least = whole(drawnAt, period);
    return compare(sum, least) < 0 ? least : sum;
  });
  const asked = addAll([...parts, ...restsAsked(standing, from)], quote.currency);
  return atLeastZero(add(price, negate(asked)));
}

/** Whoever leaves when a year begins has begun nothing of it: the one that ends is theirs to pay. */
function yearToPay(begunAt: Date, at: Date): number {
  const year = yearAt(begunAt, at);
  return year > 1 && beginningOf(begunAt, year) >= at ? year - 1 : year;
}

/** A whole part as it stood in the bill then: one that was drawn before the year's price stood there is of the year before. */
function wholePart(quote: Quote, years: OrderBill["years"], year: number): (drawnAt: Date, period: Period) => Money {
  const known = years.find((one) => one.year === year);
  return (drawnAt, period) => {
    const part = namePart(yearPrice(quote, years, year), period);
    if (!known || (known.writtenAt && known.writtenAt <= drawnAt)) return part;
    return atMost(part, namePart(yearPrice(quote, years, year - 1), period));
  };
}
