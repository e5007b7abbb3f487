import { itemsOf, type Subscription } from "../objects/subscription.ts";
import { invalid } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import { cancelNow } from "./cancel.ts";
import { issueInvoice } from "./invoices.ts";
import { payInvoice } from "./pay-invoice.ts";
import { periodAfter } from "./period.ts";
import { recurringLine } from "./subscription-lines.ts";

/**
 * The end of a period has come: the subscription ends if that was asked, else begins the next period with an invoice
 * and a charge. Nothing calls this by the clock yet; the control side does.
 */
export function renew(work: Work, before: Subscription): Subscription {
  if (before.status === "canceled") throw invalid(`Subscription ${before.id} is canceled and has no next period.`);
  const last = before.items.data[0];
  if (!last) throw new Error(`${before.id} has no items`);
  if (before.cancel_at_period_end) return cancelNow(work, before, last.current_period_end);
  const invoiceId = work.id("in");
  const subscription = nextPeriod(work, before, invoiceId);
  const invoice = issueInvoice(work, {
    id: invoiceId,
    subscription,
    customer: work.need("customer", subscription.customer),
    reason: "subscription_cycle",
    lines: subscription.items.data.map((item) => recurringLine(work, invoiceId, item)),
    period: { start: last.current_period_start, end: last.current_period_end },
  });
  const method = work.find("payment_method", subscription.default_payment_method);
  if (method) payInvoice(work, invoice, method, { onSession: false, authenticated: false });
  return work.need("subscription", before.id);
}

function nextPeriod(work: Work, before: Subscription, invoice: string): Subscription {
  const items = before.items.data.map((item) => {
    const { interval, interval_count } = item.plan;
    const next = periodAfter(before.billing_cycle_anchor, { interval, interval_count }, item.current_period_end);
    return { ...item, current_period_start: next.start, current_period_end: next.end };
  });
  const previous = { items: before.items, latest_invoice: before.latest_invoice };
  const after = { ...before, items: itemsOf(before.id, items), latest_invoice: invoice };
  return work.tell("customer.subscription.updated", after, { previous });
}
