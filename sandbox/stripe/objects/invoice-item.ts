import type { CreditedLines, Pricing } from "./invoice-line.ts";
import type { Born, Metadata } from "./shared.ts";
import type { Period } from "./subscription.ts";

/** What a proration gives back: lines of an earlier invoice, or an invoice item that no invoice has yet. */
export type Credited =
  | { readonly type: "invoice_line_items"; readonly invoice_line_item_details: CreditedLines }
  | { readonly type: "invoice_item"; readonly invoice_item: string };

interface Given {
  readonly amount: number;
  readonly currency: string;
  readonly customer: string;
  readonly description: string | null;
  readonly period: Period;
  readonly pricing: Pricing | null;
  readonly quantity: number;
  readonly subscription: string | null;
  /** The subscription's item, where it is a proration of one. */
  readonly subscriptionItem?: string;
  readonly credited?: Credited | null;
  readonly discountable: boolean;
  readonly metadata?: Metadata;
  readonly testClock: string | null;
}

export type InvoiceItem = ReturnType<typeof newInvoiceItem>;
export const newInvoiceItem = ({ id, created }: Born, given: Given) => ({
  id,
  object: "invoiceitem" as const,
  amount: given.amount,
  currency: given.currency,
  customer: given.customer,
  customer_account: null,
  date: created,
  description: given.description,
  discountable: given.discountable,
  discounts: [],
  /** Null while it waits for an invoice. */
  invoice: null as string | null,
  livemode: false,
  metadata: given.metadata ?? ({} as Metadata),
  net_amount: given.amount,
  parent: given.subscription === null ? null : parentOf(given.subscription, given.subscriptionItem),
  period: given.period,
  pricing: given.pricing,
  proration: given.subscriptionItem !== undefined,
  ...(given.subscriptionItem === undefined
    ? {}
    : { proration_details: { credited_items: given.credited ?? null, discount_amounts: [] } }),
  quantity: given.quantity,
  quantity_decimal: String(given.quantity),
  tax_rates: [],
  test_clock: given.testClock,
});

const parentOf = (subscription: string, item: string | undefined) => ({
  subscription_details: { subscription, ...(item === undefined ? {} : { subscription_item: item }) },
  type: "subscription_details" as const,
});
