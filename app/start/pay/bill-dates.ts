import { withdrawDays } from "@/lib/billing/withdraw-time.ts";
import { daysAfter } from "@/lib/clock.ts";

/** The days that matter to somebody who pays at a moment. */
export interface BillDates {
  readonly paid: Date;
  /** The last day to withdraw without a reason. */
  readonly withdrawUntil: Date;
  /** When we could begin without the buyer's asking us to begin now. */
  readonly beginsOtherwise: Date;
  /** When the name's paid year is over. */
  readonly yearEnds: Date;
}

export function billDates(paid: Date): BillDates {
  const yearEnds = new Date(paid);
  yearEnds.setUTCFullYear(paid.getUTCFullYear() + 1);
  return {
    paid,
    withdrawUntil: daysAfter(paid, withdrawDays),
    beginsOtherwise: daysAfter(paid, withdrawDays + 1),
    yearEnds,
  };
}
