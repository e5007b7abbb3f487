import type { Price } from "./product.ts";
import type { Metadata } from "./shared.ts";
import type { Period } from "./subscription.ts";
import type { Tax } from "./tax-rate.ts";

/** The lines of an earlier invoice that a proration gives back. */
export interface CreditedLines {
  readonly invoice: string;
  readonly invoice_line_items: string[];
}

interface Given {
  readonly id: string;
  readonly invoice: string;
  readonly amount: number;
  readonly currency: string;
  readonly pricing: Pricing | null;
  readonly quantity: number;
  readonly description: string;
  readonly period: Period;
  readonly subscription: string | null;
  readonly from: From;
  readonly discountable?: boolean;
  readonly metadata?: Metadata;
}

/** A line belongs to an item of the subscription, to an invoice item, or to both: a proration. */
interface From {
  readonly subscriptionItem?: string;
  readonly invoiceItem?: string;
  readonly proration?: boolean;
  readonly credited?: CreditedLines | null;
}

export interface DiscountAmount {
  readonly amount: number;
  readonly discount: string;
}

/** The same, as Stripe lists it beside billing credits. */
export interface DiscountCredit extends DiscountAmount {
  readonly type: "discount";
}

/** Null for what was given only as a sum. */
export type Pricing = ReturnType<typeof pricingOf>;
export const pricingOf = (price: Price) => ({
  price_details: { price: price.id, product: price.product },
  type: "price_details" as const,
  unit_amount_decimal: price.unit_amount_decimal,
});

export type InvoiceLine = ReturnType<typeof newInvoiceLine>;
export const newInvoiceLine = (given: Given) => ({
  id: given.id,
  object: "line_item" as const,
  amount: given.amount,
  currency: given.currency,
  description: given.description,
  discount_amounts: [] as DiscountAmount[],
  discountable: given.discountable ?? true,
  discounts: [],
  invoice: given.invoice,
  livemode: false,
  metadata: given.metadata ?? ({} as Metadata),
  parent: parentOf(given),
  period: given.period,
  pretax_credit_amounts: [] as DiscountCredit[],
  pricing: given.pricing,
  quantity: given.quantity,
  quantity_decimal: String(given.quantity),
  subscription: given.subscription,
  subtotal: given.amount,
  taxes: [] as Tax[],
});

function parentOf({ from, subscription }: Given) {
  const proration = from.proration ?? false;
  const proration_details = { credited_items: from.credited ?? null };
  const common = { proration, proration_details, subscription };
  return from.subscriptionItem === undefined
    ? {
        invoice_item_details: { ...common, invoice_item: from.invoiceItem ?? "" },
        subscription_item_details: null,
        type: "invoice_item_details" as const,
      }
    : {
        invoice_item_details: null,
        subscription_item_details: {
          ...common,
          invoice_item: from.invoiceItem ?? null,
          subscription_item: from.subscriptionItem,
        },
        type: "subscription_item_details" as const,
      };
}
