import { daysAfter } from "@/lib/clock.ts";

/** The law gives fourteen days, counted from the day after the one on which was paid. */
export const withdrawDays = 14;

/** Between the statement and the end of the home: time to take a copy, and for the payer to hear of what a stranger did. */
const closingDays = 3;

const dayMs = 86_400_000;

/** The fourteenth day counts whole, in whatever time zone it is read: to the hour of paying of the day after. */
export const mayWithdrawAt = (paidAt: Date, at: Date): boolean => at < daysAfter(paidAt, withdrawDays + 1);

export const closesAt = (statedAt: Date): Date => daysAfter(statedAt, closingDays);

/** Begun days count, of the fourteen: the hours that the last one has too many are ours. */
export const daysUsed = (paidAt: Date, at: Date): number =>
  Math.min(withdrawDays, Math.max(0, Math.ceil((at.getTime() - paidAt.getTime()) / dayMs)));
