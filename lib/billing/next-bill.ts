import type { Money } from "./money.ts";
import type { Quote } from "./quote.ts";

/** The same day so many months later, or the month's last where it has no such day. */
export function monthsAfter(from: Date, months: number): Date {
  const then = new Date(from);
  then.setUTCMonth(from.getUTCMonth() + months);
  if (then.getUTCDate() !== from.getUTCDate()) then.setUTCDate(0);
  return then;
}

export interface NextBill {
  readonly at: Date;
  readonly sum: Money;
  /** Whether it is the second: nothing but the first payment was due until now. */
  readonly second: boolean;
}

/** The first bill after now, counted from the day of the first payment: twelve at the first year's sum, then today's renewal price. */
export function nextBill(paidAt: Date, quote: Quote, now: Date): NextBill {
  let months = 1;
  while (monthsAfter(paidAt, months) <= now) months++;
  const minor = months < 12 ? quote.totalMinor : quote.laterTotalMinor;
  return { at: monthsAfter(paidAt, months), sum: { minor, currency: quote.currency }, second: months === 1 };
}
