import type { InvoiceItem } from "../objects/invoice-item.ts";
import { type InvoiceLine, newInvoiceLine } from "../objects/invoice-line.ts";
import type { Work } from "../state/work.ts";

/** An invoice's line for an invoice item. */
export function lineOf(work: Work, invoice: string, item: InvoiceItem): InvoiceLine {
  const details = item.parent?.subscription_details;
  const credited = item.proration_details?.credited_items;
  return newInvoiceLine({
    id: work.id("il"),
    invoice,
    amount: item.amount,
    currency: item.currency,
    pricing: item.pricing,
    quantity: item.quantity,
    description: item.description ?? "",
    period: item.period,
    subscription: details?.subscription ?? null,
    discountable: item.discountable,
    metadata: item.metadata,
    from: {
      ...(details?.subscription_item === undefined ? {} : { subscriptionItem: details.subscription_item }),
      invoiceItem: item.id,
      proration: item.proration,
      credited: credited?.type === "invoice_line_items" ? credited.invoice_line_item_details : null,
    },
  });
}

interface Wanted {
  readonly customer: string;
  /** Items of this subscription, and those of none. */
  readonly subscription: string | null;
  readonly currency: string;
}

/** Puts what waits for an invoice onto this one. */
export function takePending(work: Work, invoice: string, wanted: Wanted): InvoiceLine[] {
  return pendingItems(work, wanted).map((item) => {
    work.keep("invoiceitem.invoiced", { ...item, invoice });
    return lineOf(work, invoice, item);
  });
}

const pendingItems = (work: Work, { customer, subscription, currency }: Wanted): InvoiceItem[] =>
  work.all("invoiceitem").filter((item) => {
    const owner = item.parent?.subscription_details.subscription ?? null;
    const ours = owner === null || owner === subscription;
    return item.invoice === null && item.customer === customer && item.currency === currency && ours;
  });
