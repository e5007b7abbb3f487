import type Stripe from "stripe";
import {
  type LedgerDiscount,
  type LedgerInvoice,
  type LedgerLine,
  type LedgerSubscription,
  type LineOf,
  lineOfKey,
  type SubscriptionLine,
} from "@/lib/billing/ledger.ts";
import { addAll, type Money, moneyOf, negate } from "@/lib/billing/money.ts";
import { idOf } from "./checkout-desk.ts";

/** What each product is for, what it is called, and of which plan it is where that was written down, by its id. */
export type Products = ReadonlyMap<
  string,
  { readonly what: string | null; readonly name: string; readonly plan: string | null }
>;

export const sumOf = (minor: number, currency: string): Money => moneyOf(minor, currency.toUpperCase());
export const dateOf = (seconds: number): Date => new Date(seconds * 1000);
export const dateOrNull = (seconds: number | null | undefined): Date | null =>
  seconds === null || seconds === undefined ? null : dateOf(seconds);

/** Those of which we need to know what they are for. */
export const productsOf = (
  subscriptions: readonly Stripe.Subscription[],
  invoices: readonly Stripe.Invoice[],
): readonly string[] => [
  ...new Set([
    ...subscriptions.flatMap(({ items }) => items.data.flatMap(({ price }) => idOf(price.product) ?? [])),
    ...invoices.flatMap(({ lines }) => lines.data.flatMap((line) => line.pricing?.price_details?.product ?? [])),
  ]),
];

/** Nothing more is billed by it. */
export const hasEnded = ({ status }: Stripe.Subscription): boolean =>
  status === "canceled" || status === "incomplete_expired";

export function subscriptionOf(one: Stripe.Subscription, products: Products): LedgerSubscription {
  const items = one.items.data;
  const [first] = items;
  return {
    id: one.id,
    orderId: one.metadata["orderId"] ?? null,
    status: one.status,
    currency: one.currency.toUpperCase(),
    period: first?.price.recurring?.interval === "year" ? "year" : "month",
    startedAt: dateOf(one.start_date),
    // All of them turn together: they are made so, and changed so.
    periodFrom: dateOf(first?.current_period_start ?? one.start_date),
    periodUntil: dateOf(first?.current_period_end ?? one.start_date),
    cancelAt: dateOrNull(one.cancel_at),
    endedAt: dateOrNull(one.ended_at),
    lines: items.map((item): SubscriptionLine => {
      const product = idOf(item.price.product) ?? "";
      return {
        itemId: item.id,
        what: lineOfKey(products.get(product)?.what),
        label: products.get(product)?.name ?? "",
        sum: sumOf(item.price.unit_amount ?? 0, item.price.currency),
        quantity: item.quantity ?? 1,
        plan: products.get(product)?.plan ?? null,
      };
    }),
    addOns: addOnsOf(one.metadata),
    discounts: one.discounts.flatMap(discountOf),
  };
}

/** The vendor keeps no empty text: each has a comma before it, and none is one. */
export const keptAddOns = (ids: readonly string[]): string => `,${ids.join()}`;
const addOnsOf = ({ addOns }: Stripe.Metadata): readonly string[] | null =>
  addOns === undefined ? null : addOns.split(",").filter(Boolean);

function discountOf(discount: string | Stripe.Discount): LedgerDiscount[] {
  const coupon = typeof discount === "object" ? discount.source.coupon : null;
  // Unexpanded, it would be a bug of the call; of one that was deleted the discount stays.
  if (typeof discount === "string" || !coupon || typeof coupon === "string") return [];
  const { name, id, percent_off: percent, amount_off: minor, currency, duration } = coupon;
  return [
    {
      label: name ?? id,
      hundredths: percent === null ? null : Math.round(percent * 100),
      sum: minor === null || currency === null ? null : sumOf(minor, currency),
      once: duration === "once",
      until: dateOrNull(discount.end),
    },
  ];
}

/** The payments that an invoice was tried with, oldest first. */
export const paymentIntentsOf = ({ payments }: Stripe.Invoice): readonly string[] =>
  (payments?.data ?? [])
    .toSorted((a, b) => a.created - b.created)
    .flatMap(({ payment }) => idOf(payment.payment_intent) ?? []);

export const taxOf = (taxes: readonly { readonly amount: number }[] | null, currency: string): Money =>
  addAll(
    (taxes ?? []).map(({ amount }) => sumOf(amount, currency)),
    currency.toUpperCase(),
  );

export function invoiceOf(one: Stripe.Invoice, products: Products, refusal: string | null): LedgerInvoice {
  const sum = (minor: number): Money => sumOf(minor, one.currency);
  return {
    id: one.id ?? "",
    subscriptionId: idOf(one.parent?.subscription_details?.subscription),
    number: one.number,
    status: one.status ?? "draft",
    reason: one.billing_reason ?? "manual",
    total: sum(one.total),
    tax: taxOf(one.total_taxes, one.currency),
    paid: sum(one.amount_paid),
    due: sum(one.amount_remaining),
    off: sum((one.total_discount_amounts ?? []).reduce((off, { amount }) => off + amount, 0)),
    createdAt: dateOf(one.created),
    paidAt: dateOrNull(one.status_transitions.paid_at),
    tries: one.attempt_count,
    nextTryAt: dateOrNull(one.next_payment_attempt),
    refusal,
    pageUrl: one.hosted_invoice_url ?? null,
    pdfUrl: one.invoice_pdf ?? null,
    lines: one.lines.data.map((line) => lineOf(line, products)),
  };
}

/** What a line adds to its invoice: what is taken off stands beside it, and so does a tax that is not within. */
function allIn(line: Stripe.InvoiceLineItem): Money {
  const { amount, currency, taxes } = line;
  const onTop = (taxes ?? []).filter(({ tax_behavior: behavior }) => behavior === "exclusive");
  return addAll([sumOf(amount, currency), negate(offOf(line)), taxOf(onTop, currency)], currency.toUpperCase());
}

const offOf = ({ currency, discount_amounts: off }: Stripe.InvoiceLineItem): Money =>
  addAll(
    (off ?? []).map(({ amount }) => sumOf(amount, currency)),
    currency.toUpperCase(),
  );

export function lineOf(line: Stripe.InvoiceLineItem, products: Products): LedgerLine {
  const product = line.pricing?.price_details?.product;
  const what: LineOf = lineOfKey(line.metadata["what"] ?? products.get(product ?? "")?.what);
  const { subscription_item_details: item, invoice_item_details: extra } = line.parent ?? {};
  return {
    id: line.id,
    what,
    label: line.description ?? "",
    sum: allIn(line),
    tax: taxOf(line.taxes, line.currency),
    off: offOf(line),
    quantity: line.quantity ?? 1,
    proration: item?.proration ?? extra?.proration ?? false,
    from: dateOf(line.period.start),
    until: dateOf(line.period.end),
  };
}
