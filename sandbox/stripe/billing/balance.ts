import {
  type BalanceTransaction,
  type BookingType,
  type Category,
  newBalanceTransaction,
} from "../objects/balance-transaction.ts";
import type { Work } from "../state/work.ts";
import { share } from "./money.ts";

interface Fees {
  /** Hundredths of a percent of the charge. */
  readonly part: number;
  readonly fixed: number;
  readonly dispute: number;
}

/** What Stripe takes for a card of the account's own region, and for a dispute (stripe.com/gb/pricing, from memory). */
const fees: Readonly<Record<string, Fees>> = {
  gbp: { part: 150, fixed: 20, dispute: 2000 },
  eur: { part: 150, fixed: 25, dispute: 2000 },
  usd: { part: 290, fixed: 30, dispute: 1500 },
  jpy: { part: 360, fixed: 0, dispute: 1300 },
};
const usual: Fees = { part: 250, fixed: 0, dispute: 0 };
const feesOf = (currency: string): Fees => fees[currency] ?? usual;

export const chargeFee = (minor: number, currency: string): number => {
  const { part, fixed } = feesOf(currency);
  return share(minor, part, 10_000) + fixed;
};
export const disputeFee = (currency: string): number => feesOf(currency).dispute;

interface Booking {
  readonly type: BookingType;
  readonly category: Category;
  readonly amount: number;
  readonly fee?: number;
  readonly feeFor?: string;
  readonly currency: string;
  readonly source: string;
  readonly description?: string | null;
}

/** Writes a movement of our own money down. */
export const book = (work: Work, booking: Booking): BalanceTransaction =>
  work.keep(
    "balance_transaction.created",
    newBalanceTransaction(work.born("txn"), {
      ...booking,
      fee: booking.fee ?? 0,
      feeFor: booking.feeFor ?? "Stripe processing fees",
      description: booking.description ?? null,
    }),
  );
