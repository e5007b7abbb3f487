import type { DiscountAmount, DiscountCredit, InvoiceLine } from "./invoice-line.ts";
import { type Address, type Born, issuedByUs, listOf, type Metadata, type StripeList } from "./shared.ts";
import type { Period } from "./subscription.ts";
import type { Tax } from "./tax-rate.ts";

export type InvoiceStatus = "draft" | "open" | "paid" | "void" | "uncollectible";
export type BillingReason =
  | "manual"
  | "subscription_create"
  | "subscription_cycle"
  | "subscription_update"
  | "upcoming";

/** Whom an invoice is for, copied onto it when it is finalised. */
export interface BilledTo {
  readonly id: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: Address | null;
  readonly testClock: string | null;
}

interface Given {
  readonly currency: string;
  readonly customer: BilledTo;
  readonly reason: BillingReason;
  readonly subscription: { readonly id: string; readonly metadata: Metadata } | null;
  readonly lines: readonly InvoiceLine[];
  readonly period: Period;
  readonly paymentMethod: string | null;
  readonly automaticTax: boolean;
  readonly discounts?: readonly string[];
  readonly description?: string | null;
  readonly metadata?: Metadata;
}

/** Whether tax is worked out, and whether it is known where the customer is. */
export const taxedBy = (enabled: boolean, located: boolean) => ({
  disabled_reason: null,
  enabled,
  liability: enabled ? issuedByUs : null,
  provider: enabled ? "stripe" : null,
  status: enabled ? (located ? ("complete" as const) : ("requires_location_inputs" as const)) : null,
});

export type Invoice = ReturnType<typeof newInvoice>;
export const newInvoice = ({ id, created }: Born, given: Given) => ({
  id,
  object: "invoice" as const,
  account_country: "GB",
  account_name: "Nameplate (sandbox)",
  account_tax_ids: null,
  amount_due: 0,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_remaining: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: false,
  auto_advance: true,
  automatic_tax: taxedBy(given.automaticTax, true),
  automatically_finalizes_at: null as number | null,
  billing_reason: given.reason,
  collection_method: "charge_automatically" as const,
  created,
  currency: given.currency,
  custom_fields: null,
  customer: given.customer.id,
  customer_account: null,
  customer_address: given.customer.address,
  customer_email: given.customer.email,
  customer_name: given.customer.name,
  customer_phone: given.customer.phone,
  customer_shipping: null,
  customer_tax_exempt: "none" as const,
  customer_tax_ids: [],
  default_payment_method: given.paymentMethod,
  default_source: null,
  default_tax_rates: [],
  description: given.description ?? (null as string | null),
  discounts: [...(given.discounts ?? [])],
  due_date: null,
  effective_at: null as number | null,
  ending_balance: null as number | null,
  footer: null,
  from_invoice: null,
  hosted_invoice_url: null as string | null,
  invoice_pdf: null as string | null,
  issuer: issuedByUs,
  last_finalization_error: null as FinalizationError | null,
  latest_revision: null,
  lines: linesOf(id, given.lines),
  livemode: false,
  metadata: given.metadata ?? ({} as Metadata),
  next_payment_attempt: null as number | null,
  number: null as string | null,
  on_behalf_of: null,
  parent: given.subscription && {
    quote_details: null,
    subscription_details: {
      metadata: given.subscription.metadata,
      subscription: given.subscription.id,
    } as SubscriptionDetails,
    type: "subscription_details" as const,
  },
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  period_end: given.period.end,
  period_start: given.period.start,
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  status: "draft" as InvoiceStatus,
  status_transitions: noTransitions as Transitions,
  subtotal: 0,
  subtotal_excluding_tax: 0,
  test_clock: given.customer.testClock,
  total: 0,
  total_discount_amounts: [] as DiscountAmount[],
  total_excluding_tax: 0,
  total_pretax_credit_amounts: [] as DiscountCredit[],
  total_taxes: [] as Tax[],
  webhooks_delivered_at: created,
});

interface FinalizationError {
  readonly code: "customer_tax_location_invalid";
  readonly doc_url: string;
  readonly message: string;
  readonly type: "invalid_request_error";
}

interface SubscriptionDetails {
  readonly metadata: Metadata;
  readonly subscription: string;
  /** In a preview: the moment from which it prorates, to be sent with the change itself. */
  readonly subscription_proration_date?: number;
}

interface Transitions {
  readonly finalized_at: number | null;
  readonly marked_uncollectible_at: number | null;
  readonly paid_at: number | null;
  readonly voided_at: number | null;
}
const noTransitions: Transitions = {
  finalized_at: null,
  marked_uncollectible_at: null,
  paid_at: null,
  voided_at: null,
};

export const linesOf = (invoice: string, lines: readonly InvoiceLine[]): StripeList<InvoiceLine> =>
  listOf(`/v1/invoices/${invoice}/lines`, lines);
