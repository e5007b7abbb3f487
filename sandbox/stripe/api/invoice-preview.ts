import { z } from "zod";
import { makePrice, priceDataOfProduct } from "../billing/inline-prices.ts";
import { billedTo } from "../billing/invoices.ts";
import { periodAfter } from "../billing/period.ts";
import { oneTimeLine, recurringLine } from "../billing/subscription-lines.ts";
import { type InvoiceLine, newInvoice, newInvoiceLine } from "../objects/invoice.ts";
import type { Subscription, SubscriptionItem } from "../objects/subscription.ts";
import { invalid } from "../protocol/errors.ts";
import { currency, int, metadata, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import type { Work } from "../state/work.ts";
import { changedItems, itemChange } from "./subscription-changes.ts";

const params = z.strictObject({
  customer: text().optional(),
  subscription: text().optional(),
  currency: currency.optional(),
  preview_mode: z.enum(["next", "recurring"]).default("next"),
  invoice_items: z
    .array(
      z.strictObject({
        amount: int().optional(),
        currency: currency.optional(),
        description: text().optional(),
        price: text().optional(),
        price_data: priceDataOfProduct.optional(),
        quantity: int(1).default(1),
        metadata: metadata.optional(),
      }),
    )
    .max(250)
    .default([]),
  subscription_details: z
    .strictObject({ items: z.array(itemChange).max(20).default([]), proration_behavior: z.enum(["none"]).optional() })
    .optional(),
});
type Params = z.output<typeof params>;

/** What the next invoice would be. It is kept nowhere; its id says so. */
export const invoicePreview = [
  route({
    method: "POST",
    path: "/invoices/create_preview",
    call: "invoices.createPreview",
    permission: "rak_invoice_write",
    web: true,
    dry: true,
    params,
    run: ({ work, params: given }) => preview(work, given),
  }),
];

function preview(work: Work, given: Params) {
  const subscription =
    given.subscription === undefined ? null : work.need("subscription", given.subscription, "subscription");
  const customerId = subscription?.customer ?? given.customer;
  const customer = customerId === undefined ? null : work.need("customer", customerId, "customer");
  if (!customer && !given.subscription_details)
    throw invalid("You must specify at least one of `customer`, `subscription` or `subscription_details`.");
  const id = work.id("upcoming_in");
  const items = nextItems(work, subscription, given);
  const lines = [...items.map((item) => recurringLine(work, id, item)), ...extraLines(work, id, given, subscription)];
  const [first] = lines;
  if (!first)
    throw invalid("No upcoming invoices for customer: there is nothing to invoice.", { code: "invoice_upcoming_none" });
  const start = items[0]?.current_period_start ?? work.now;
  return newInvoice(
    { id, created: subscription ? start : work.now },
    {
      currency: given.currency ?? first.currency,
      customer: customer
        ? billedTo(customer)
        : { id: null, email: null, name: null, phone: null, address: null, testClock: null },
      reason: "upcoming",
      subscription,
      lines,
      period: { start: subscription?.items.data[0]?.current_period_start ?? start, end: start },
      paymentMethod: subscription?.default_payment_method ?? null,
      automaticTax: subscription?.automatic_tax.enabled ?? false,
    },
  );
}

/** The items in the period that the next invoice is for. */
function nextItems(work: Work, subscription: Subscription | null, given: Params): SubscriptionItem[] {
  const changes = given.subscription_details?.items ?? [];
  if (!subscription) return changedItems(work, fresh(work), [], changes);
  if (subscription.status === "canceled")
    throw invalid(`Subscription ${subscription.id} is canceled and has no upcoming invoice.`, {
      code: "invoice_upcoming_none",
    });
  return changedItems(work, subscription, subscription.items.data, changes).map((item) => {
    const { interval, interval_count } = item.plan;
    const next = periodAfter(subscription.billing_cycle_anchor, { interval, interval_count }, item.current_period_end);
    return { ...item, current_period_start: next.start, current_period_end: next.end };
  });
}

const fresh = (work: Work) => ({ id: work.id("sub"), billing_cycle_anchor: work.now });

function extraLines(work: Work, invoice: string, given: Params, subscription: Subscription | null): InvoiceLine[] {
  return given.invoice_items.map((item, place) => {
    const at = `invoice_items[${place}]`;
    const owner = subscription?.id ?? "";
    if (item.price_data)
      return oneTimeLine(work, invoice, makePrice(work, item.price_data, `${at}[price_data]`), item.quantity, owner);
    if (item.price !== undefined)
      return oneTimeLine(work, invoice, work.need("price", item.price, `${at}[price]`), item.quantity, owner);
    const money = item.currency ?? given.currency ?? subscription?.currency;
    if (item.amount === undefined || money === undefined)
      throw invalid(`You must specify \`amount\` and \`currency\`, \`price\` or \`price_data\` in \`${at}\`.`, {
        param: at,
      });
    return newInvoiceLine({
      id: work.id("il"),
      invoice,
      amount: item.amount,
      currency: money,
      price: null,
      quantity: item.quantity,
      description: item.description ?? "",
      period: { start: work.now, end: work.now },
      subscription: subscription?.id ?? null,
      from: { invoiceItem: work.id("ii") },
    });
  });
}
