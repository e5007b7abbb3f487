import { addOnSums, homeSum, linesOf, namePart, termsFor, termsNow, withPeriod } from "./bill.ts";
import { add, addAll, isZero, type Money, negate, zero } from "./money.ts";
import { beginningOf, yearAt } from "./name-year.ts";
import { prices } from "./prices.ts";
import type { Quote } from "./quote.ts";
import type { OrderBill } from "./read-bill.ts";
import type { Period, PriceBook } from "./read-price-book.ts";
import { leftOfYear, yearPrice } from "./rest-of-year.ts";

/** What a home costs that is opened again. */
export interface ReturnBill {
  /** What is agreed with it: today's prices for the home, and the name's as they were. */
  readonly quote: Quote;
  /** As they stand on the first bill, and come to its total. */
  readonly lines: ReturnType<typeof linesOf>;
  readonly total: Money;
  /** Until when the name's year is paid, so that nothing of it is on a bill that begins before. Null where it is not. */
  readonly namePaidUntil: Date | null;
  /** What the name's year costs of which there are parts on the bills, from then or from now on. */
  readonly nameYear: Money;
  /** Each bill with such a part. */
  readonly withName: Money;
}

export interface Returning {
  readonly name: string;
  readonly heads: number;
  readonly now: Date;
  /** The one that they had, where no other is said. */
  readonly period?: Period | undefined;
}

/**
 * The home at today's prices for the people they have, in the plan and by the period that they had, where those are still sold. The name
 * goes on as it was: the years count from the first bill, and one that was paid is not paid again. Undefined where the book sells
 * nothing in their currency any more.
 */
export function returnBill(
  kept: Quote,
  bill: OrderBill,
  { name: called, heads, now, period = kept.period }: Returning,
  book: PriceBook = prices(),
): ReturnBill | undefined {
  const quote = quoteNow(kept, heads, period, book);
  const { begunAt, years } = bill;
  if (!quote || !begunAt) return undefined;
  const year = yearAt(begunAt, now);
  const isPaid = isZero(leftOfYear(kept, bill, begunAt, year));
  const agreed = yearPrice(kept, years, isPaid ? year + 1 : year);
  const today = book.endings[called.slice(called.indexOf(".") + 1)]?.renewalYear[quote.currency];
  // Where names are given away by now, theirs is too.
  const nameYear = today && isZero(today) ? today : agreed;
  const part = namePart(nameYear, quote.period);
  const name = isPaid ? zero(quote.currency) : part;
  const lines = linesOf(quote).map((line) => (line.what === "name" ? { ...line, sum: name } : line));
  const total = addAll(
    lines.map(({ sum }) => sum),
    quote.currency,
  );
  return {
    ...{ quote, lines, total, nameYear },
    namePaidUntil: isPaid ? beginningOf(begunAt, year + 1) : null,
    withName: add(add(total, negate(name)), part),
  };
}

function quoteNow(kept: Quote, heads: number, by: Period, book: PriceBook): Quote | undefined {
  const terms = termsFor(heads, termsNow({ ...kept, period: by }, book), book);
  const { currency, plan, period } = terms;
  const home = homeSum(heads, terms, book);
  const tax = book.currencies[currency]?.tax;
  if (currency !== kept.currency || !home || !tax) return undefined;
  return { ...withPeriod(kept, { period, home, addOns: addOnSums(terms, book) }), plan, tax };
}

/** Nothing to pay, now or later: no payment vendor is asked. */
export const isReturnFree = ({ total, withName }: Pick<ReturnBill, "total" | "withName">): boolean =>
  isZero(total) && isZero(withName);
