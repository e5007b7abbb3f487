import type { Credited, InvoiceItem } from "../objects/invoice-item.ts";
import type { InvoiceLine } from "../objects/invoice-line.ts";
import type { Period } from "../objects/subscription.ts";
import type { Work } from "../state/work.ts";

/** A sum that was billed, or waits to be, for a period of a subscription's item. */
export interface Debit {
  /** With its discounts taken off. */
  readonly amount: number;
  readonly period: Period;
  readonly reference: Credited;
}

/** The last thing billed for an item that pays for that moment. What came before it was given back when it was asked for. */
export function lastDebit(work: Work, subscriptionItem: string, at: number): Debit | undefined {
  const items = work.all("invoiceitem");
  const credits = new Set(items.filter(({ proration_details: how }) => how?.credited_items).map(({ id }) => id));
  const billed = work
    .all("invoice")
    .filter(({ status }) => status !== "void")
    .flatMap(({ lines }) => lines.data)
    .filter(({ parent: { subscription_item_details: details } }) => {
      return details?.subscription_item === subscriptionItem && !credits.has(details.invoice_item ?? "");
    })
    .map(ofLine);
  const waiting = items
    .filter(({ id, invoice, parent }) => {
      const owner = parent?.subscription_details.subscription_item;
      return invoice === null && !credits.has(id) && owner === subscriptionItem;
    })
    .map(ofItem);
  return [...billed, ...waiting]
    .filter(({ period }) => period.start <= at && at < period.end)
    .reduce<Debit | undefined>((last, one) => (last && last.period.start > one.period.start ? last : one), undefined);
}

const ofLine = (line: InvoiceLine): Debit => ({
  amount: line.discount_amounts.reduce((rest, { amount }) => rest - amount, line.amount),
  period: line.period,
  reference: {
    type: "invoice_line_items",
    invoice_line_item_details: { invoice: line.invoice, invoice_line_items: [line.id] },
  },
});

const ofItem = (item: InvoiceItem): Debit => ({
  amount: item.amount,
  period: item.period,
  reference: { type: "invoice_item", invoice_item: item.id },
});
