import { type InvoiceLine, newInvoiceLine, pricingOf } from "../objects/invoice-line.ts";
import type { Price } from "../objects/product.ts";
import type { SubscriptionItem } from "../objects/subscription.ts";
import type { Work } from "../state/work.ts";
import { productName } from "./inline-prices.ts";
import { inWords } from "./money.ts";

/** An invoice's line for one period of a subscription item. */
export function recurringLine(work: Work, invoice: string, item: SubscriptionItem): InvoiceLine {
  const { price, quantity } = item;
  const each = `${inWords(price.unit_amount, price.currency)} / ${item.plan.interval}`;
  return newInvoiceLine({
    id: work.id("il"),
    invoice,
    amount: price.unit_amount * quantity,
    currency: price.currency,
    pricing: pricingOf(price),
    quantity,
    description: `${quantity} × ${productName(work, price)} (at ${each})`,
    period: { start: item.current_period_start, end: item.current_period_end },
    subscription: item.subscription,
    from: { subscriptionItem: item.id },
  });
}

/** A trial is on an invoice as well, for nothing. */
export const trialLine = (work: Work, invoice: string, item: SubscriptionItem): InvoiceLine => ({
  ...recurringLine(work, invoice, item),
  amount: 0,
  subtotal: 0,
  description: `Trial period for ${item.quantity} × ${item.price.id}`,
});

/** A line that is paid once, on the invoice it was added to. */
export function oneTimeLine(
  work: Work,
  invoice: string,
  price: Price,
  quantity: number,
  subscription: string,
): InvoiceLine {
  return newInvoiceLine({
    id: work.id("il"),
    invoice,
    amount: price.unit_amount * quantity,
    currency: price.currency,
    pricing: pricingOf(price),
    quantity,
    description: productName(work, price),
    period: { start: work.now, end: work.now },
    subscription,
    from: { invoiceItem: work.id("ii") },
  });
}
