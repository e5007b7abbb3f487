import type { Charge } from "./charge.ts";
import type { Born, Metadata } from "./shared.ts";

export type RefundReason = "duplicate" | "fraudulent" | "requested_by_customer";
export type RefundStatus = "pending" | "succeeded" | "failed";

interface CardDestination {
  readonly type: "refund";
  readonly reference?: string;
  readonly reference_status?: string;
  readonly reference_type?: string;
}

interface Given {
  readonly amount: number;
  readonly charge: Charge;
  readonly reason: RefundReason | null;
  readonly metadata: Metadata;
  readonly status: RefundStatus;
  readonly balanceTransaction: string;
}

export type Refund = ReturnType<typeof newRefund>;
export const newRefund = ({ id, created }: Born, given: Given) => ({
  id,
  object: "refund" as const,
  amount: given.amount,
  balance_transaction: given.balanceTransaction as string | null,
  charge: given.charge.id,
  created,
  currency: given.charge.currency,
  customer: given.charge.customer,
  customer_account: null,
  destination_details: { card: { type: "refund" } as CardDestination, type: "card" },
  metadata: given.metadata,
  payment_intent: given.charge.payment_intent,
  payment_method: given.charge.payment_method as string | null,
  reason: given.reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status: given.status as RefundStatus,
  transfer_reversal: null,
  failure_balance_transaction: undefined as string | undefined,
  failure_reason: undefined as string | undefined,
  pending_reason: given.status === "pending" ? ("processing" as const) : undefined,
});
