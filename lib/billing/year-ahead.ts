import { namePart } from "./bill.ts";
import { add, addAll, isZero, type Money } from "./money.ts";
import { answerUntil, askedFor, beginningOf, isAsked, limitFor, mayAnswer, yearAt } from "./name-year.ts";
import type { Quote } from "./quote.ts";
import { type BillSubscription, linesOfSubscription, type OrderBill } from "./read-bill.ts";
import { yearPrice } from "./rest-of-year.ts";

/** A name's year, and the whole bill each period with it. */
export interface Priced {
  readonly year: Money;
  readonly bill: Money;
}

/** What the family is asked, where the next year costs more than it may without their yes. */
export interface YearQuestion {
  readonly year: number;
  readonly asked: Priced;
  /** What they pay without a yes. */
  readonly limit: Priced;
  readonly until: Date;
  readonly answer: "yes" | "no" | null;
  /** Whether they may still answer, or think better of it. */
  readonly open: boolean;
}

/** The name's next year, as things stand. */
export interface YearAhead {
  readonly beginsAt: Date;
  /** Whether its price was read, and is not just what was agreed. */
  readonly known: boolean;
  readonly now: Priced;
  /** The year that runs was paid by an earlier bill: nothing of it is on this one. */
  readonly isPaid: boolean;
  readonly next: Priced;
  /** Null where nothing is asked, or not yet. */
  readonly question: YearQuestion | null;
}

/** Undefined before the first copy of the bill. */
export function yearAhead(quote: Quote, bill: OrderBill, at: Date): YearAhead | undefined {
  const { subscription, begunAt, years } = bill;
  if (!subscription || !begunAt) return undefined;
  const nth = yearAt(begunAt, at) + 1;
  const priced = (year: Money): Priced => ({ year, bill: billWith(subscription, year, quote) });
  const row = years.find(({ year }) => year === nth);
  return {
    beginsAt: beginningOf(begunAt, nth),
    known: row?.readAt != null,
    isPaid: linesOfSubscription(subscription).some(({ what, sum }) => what === "name" && isZero(sum)),
    now: priced(yearPrice(quote, years, nth - 1)),
    next: priced(yearPrice(quote, years, nth)),
    question:
      row && isAsked(row)
        ? {
            ...{ year: nth, asked: priced(askedFor(row)), limit: priced(limitFor(row)), until: answerUntil(row) },
            answer: row.answer === "yes" || row.answer === "no" ? row.answer : null,
            open: mayAnswer(row, at),
          }
        : null,
  };
}

/** What the bill comes to each period when the name's year costs so much. */
function billWith(subscription: BillSubscription, year: Money, { period }: Quote): Money {
  const others = linesOfSubscription(subscription).filter(({ what }) => what !== "name");
  const sums = others.map(({ sum }) => sum);
  return add(addAll(sums, subscription.currency), namePart(year, period));
}
