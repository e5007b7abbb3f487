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

/** The last thing billed for an item that pays for that moment, unless it was given back already. */
export function lastDebit(work: Work, subscriptionItem: string, at: number): Debit | undefined {
  const items = work.all("invoiceitem");
  const credits = items.filter(({ proration_details: details }) => details?.credited_items);
  // Neither what gives back, nor what was given back.
  const no = new Set([...credits.map(({ id }) => id), ...credits.flatMap(creditedBy)]);
  const billed = work
    .all("invoice")
    .filter(({ status }) => status !== "void")
    .flatMap(({ lines }) => lines.data)
    .filter(({ id, parent: { subscription_item_details: details } }) => {
      if (details?.subscription_item !== subscriptionItem) return false;
      return !no.has(id) && !no.has(details.invoice_item ?? "");
    })
    .map(ofLine);
  const waiting = items
    .filter(({ id, invoice, parent }) => {
      const owner = parent?.subscription_details.subscription_item;
      return invoice === null && !no.has(id) && owner === subscriptionItem;
    })
    .map(ofItem);
  return [...billed, ...waiting]
    .filter(({ period }) => period.start <= at && at < period.end)
    .reduce<Debit | undefined>((last, one) => (last && last.period.start > one.period.start ? last : one), undefined);
}

const creditedBy = ({ proration_details: details }: InvoiceItem): string[] => {
  const credited = details?.credited_items;
  if (!credited) return [];
  return credited.type === "invoice_item"
    ? [credited.invoice_item]
    : credited.invoice_line_item_details.invoice_line_items;
};

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
