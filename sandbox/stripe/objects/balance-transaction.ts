import type { Born } from "./shared.ts";

export type BookingType = "adjustment" | "charge" | "refund" | "refund_failure";
export type Category = "charge" | "dispute" | "dispute_reversal" | "refund" | "refund_failure";

interface Given {
  readonly amount: number;
  readonly fee: number;
  readonly feeFor: string;
  readonly currency: string;
  readonly description: string | null;
  readonly type: BookingType;
  readonly category: Category;
  readonly source: string;
}

/** One movement of the account's own money. `net` is what is left of `amount` after the fee. */
export type BalanceTransaction = ReturnType<typeof newBalanceTransaction>;
export const newBalanceTransaction = ({ id, created }: Born, given: Given) => ({
  id,
  object: "balance_transaction" as const,
  amount: given.amount,
  // Here money is there at once; Stripe holds it back for some days.
  available_on: created,
  balance_type: "payments" as const,
  created,
  currency: given.currency,
  description: given.description,
  exchange_rate: null,
  fee: given.fee,
  fee_details:
    given.fee === 0
      ? []
      : [
          {
            amount: given.fee,
            application: null,
            currency: given.currency,
            description: given.feeFor,
            type: "stripe_fee",
          },
        ],
  net: given.amount - given.fee,
  reporting_category: given.category,
  source: given.source,
  status: "available",
  type: given.type,
});
