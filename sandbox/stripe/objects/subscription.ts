import { type Price, planOf, type Recurring } from "./product.ts";
import { type Born, issuedByUs, listOf, type Metadata, type StripeList } from "./shared.ts";

export type SubscriptionStatus =
  | "active"
  | "canceled"
  | "incomplete"
  | "incomplete_expired"
  | "past_due"
  | "trialing"
  | "unpaid";

/** Start and end of what an item is paid for, in unix seconds. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

interface ItemGiven {
  readonly subscription: string;
  readonly price: Price;
  readonly recurring: Recurring;
  readonly quantity: number;
  readonly period: Period;
  readonly metadata?: Metadata;
}

export type SubscriptionItem = ReturnType<typeof newSubscriptionItem>;
export const newSubscriptionItem = ({ id, created }: Born, given: ItemGiven) => ({
  id,
  object: "subscription_item" as const,
  billing_thresholds: null,
  created,
  current_period_end: given.period.end,
  current_period_start: given.period.start,
  current_trial: null,
  discounts: [],
  metadata: given.metadata ?? ({} as Metadata),
  plan: planOf(given.price, given.recurring),
  price: given.price,
  quantity: given.quantity,
  subscription: given.subscription,
  tax_rates: [],
});

export interface CancellationDetails {
  readonly comment: string | null;
  readonly feedback: string | null;
  readonly feedback_option: null;
  readonly reason: "cancellation_requested" | "payment_failed" | null;
}

interface Given {
  readonly currency: string;
  readonly customer: string;
  readonly paymentMethod: string | null;
  readonly items: readonly SubscriptionItem[];
  readonly latestInvoice: string;
  readonly metadata: Metadata;
  readonly description: string | null;
  readonly automaticTax: boolean;
  readonly testClock: string | null;
  readonly discounts: readonly string[];
}

export const taxed = (enabled: boolean) => ({
  disabled_reason: null,
  enabled,
  liability: enabled ? issuedByUs : null,
});

export type Subscription = ReturnType<typeof newSubscription>;
export const newSubscription = ({ id, created }: Born, given: Given) => ({
  id,
  object: "subscription" as const,
  application: null,
  application_fee_percent: null,
  automatic_tax: taxed(given.automaticTax),
  billing_cycle_anchor: created,
  billing_cycle_anchor_config: null,
  billing_mode: { flexible: { proration_discounts: "included" as const }, type: "flexible" as const },
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: null as number | null,
  cancel_at_period_end: false,
  canceled_at: null as number | null,
  cancellation_details: {
    comment: null,
    feedback: null,
    feedback_option: null,
    reason: null,
  } as CancellationDetails,
  collection_method: "charge_automatically" as const,
  created,
  currency: given.currency,
  customer: given.customer,
  customer_account: null,
  days_until_due: null,
  default_payment_method: given.paymentMethod,
  default_source: null,
  default_tax_rates: [],
  description: given.description,
  discounts: [...given.discounts],
  ended_at: null as number | null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: issuedByUs,
  },
  items: itemsOf(id, given.items),
  latest_invoice: given.latestInvoice,
  livemode: false,
  managed_payments: null,
  metadata: given.metadata,
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  payment_settings: {
    payment_method_options: null,
    payment_method_types: null,
    save_default_payment_method: "off" as const,
  },
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  start_date: created,
  status: "active" as SubscriptionStatus,
  test_clock: given.testClock,
  transfer_data: null,
  trial_end: null as number | null,
  trial_settings: {
    end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" as const },
  },
  trial_start: null as number | null,
});

export const itemsOf = (subscription: string, items: readonly SubscriptionItem[]): StripeList<SubscriptionItem> =>
  listOf(`/v1/subscription_items?subscription=${subscription}`, items);
