import type { CardDetails } from "./card-details.ts";
import type { BillingDetails, Born, Metadata } from "./shared.ts";

export interface Outcome {
  readonly advice_code: "confirm_card_data" | "do_not_try_again" | "try_again_later" | null;
  readonly network_advice_code: string | null;
  readonly network_decline_code: string | null;
  readonly network_status: string | null;
  readonly reason: string | null;
  readonly risk_level: "normal" | "elevated" | "highest";
  readonly risk_score: number;
  readonly seller_message: string | null;
  readonly type: string;
}

interface Given {
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly description: string | null;
  readonly billing: BillingDetails;
  readonly paymentIntent: string;
  readonly paymentMethod: string;
  readonly card: CardDetails;
  readonly outcome: Outcome;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly receiptUrl: string | null;
  readonly balanceTransaction: string | null;
}

export type Charge = ReturnType<typeof newCharge>;
export const newCharge = ({ id, created }: Born, given: Given) => ({
  id,
  object: "charge" as const,
  amount: given.amount,
  amount_captured: given.failure ? 0 : given.amount,
  amount_refunded: 0,
  application: null,
  application_fee: null,
  application_fee_amount: null,
  balance_transaction: given.balanceTransaction,
  billing_details: given.billing,
  calculated_statement_descriptor: "NAMEPLATE",
  captured: !given.failure,
  created,
  currency: given.currency,
  customer: given.customer,
  description: given.description,
  disputed: false as boolean,
  failure_balance_transaction: null,
  failure_code: given.failure?.code ?? null,
  failure_message: given.failure?.message ?? null,
  fraud_details: {},
  livemode: false,
  metadata: {} as Metadata,
  on_behalf_of: null,
  outcome: given.outcome,
  paid: !given.failure,
  payment_intent: given.paymentIntent,
  payment_method: given.paymentMethod,
  payment_method_details: { card: given.card, type: "card" as const },
  receipt_email: null,
  receipt_number: null,
  receipt_url: given.receiptUrl,
  refunded: false,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: given.failure ? ("failed" as const) : ("succeeded" as const),
  transfer_data: null,
  transfer_group: null,
});
