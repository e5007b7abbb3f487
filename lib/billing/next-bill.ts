import type { Bill } from "./bill.ts";
import type { Money } from "./money.ts";

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

/** The first bill after now, counted from the day of the first payment: a year at the first year's sum, then today's renewal price. */
export function nextBill(paidAt: Date, bill: Bill, now: Date): NextBill {
  const step = bill.period === "year" ? 12 : 1;
  let months = step;
  while (monthsAfter(paidAt, months) <= now) months += step;
  return {
    at: monthsAfter(paidAt, months),
    sum: months < 12 ? bill.total : bill.laterTotal,
    second: months === step,
  };
}
