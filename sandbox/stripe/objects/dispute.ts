import type { BalanceTransaction } from "./balance-transaction.ts";
import type { Charge } from "./charge.ts";
import type { Born, Metadata } from "./shared.ts";

export type DisputeStatus =
  | "lost"
  | "needs_response"
  | "under_review"
  | "warning_closed"
  | "warning_needs_response"
  | "warning_under_review"
  | "won";

interface Given {
  readonly charge: Charge;
  readonly brand: string;
  readonly reason: string;
  readonly inquiry: boolean;
  /** Unix seconds until which evidence may be sent. */
  readonly dueBy: number;
}

export type Dispute = ReturnType<typeof newDispute>;
export const newDispute = ({ id, created }: Born, given: Given) => ({
  id,
  object: "dispute" as const,
  amount: given.charge.amount - given.charge.amount_refunded,
  balance_transactions: [] as BalanceTransaction[],
  charge: given.charge.id,
  created,
  currency: given.charge.currency,
  enhanced_eligibility_types: [],
  evidence: noEvidence as Evidence,
  evidence_details: {
    due_by: given.dueBy,
    enhanced_eligibility: {},
    has_evidence: false as boolean,
    past_due: false,
    submission_count: 0,
    submission_method: "not_submitted" as "manual" | "not_submitted",
  },
  intended_submission_method: null,
  is_charge_refundable: given.inquiry,
  livemode: false,
  metadata: {} as Metadata,
  payment_intent: given.charge.payment_intent,
  payment_method_details: {
    card: {
      brand: given.brand,
      case_type: given.inquiry ? ("inquiry" as const) : ("chargeback" as const),
      network: given.brand,
      network_reason_code: networkReason[given.reason] ?? null,
    },
    type: "card" as const,
  },
  reason: given.reason,
  status: (given.inquiry ? "warning_needs_response" : "needs_response") as DisputeStatus,
});

/** Visa's own codes for the reasons the test cards give. */
const networkReason: Readonly<Record<string, string>> = { fraudulent: "10.4", product_not_received: "13.1" };

/** Text, or the id of an uploaded file. */
export type Evidence = {
  readonly [K in keyof typeof noEvidence]: K extends "enhanced_evidence" ? object : string | null;
};

export const noEvidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
