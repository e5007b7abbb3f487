import type { Invoice } from "../objects/invoice.ts";
import { itemsOf, type Subscription, type SubscriptionItem } from "../objects/subscription.ts";
import { invalid } from "../protocol/errors.ts";
import { endOf, hasEnded } from "../state/agenda.ts";
import type { Work } from "../state/work.ts";
import { cancelNow, lastInvoice } from "./cancel.ts";
import { collect } from "./collect.ts";
import { voidInvoice } from "./end-invoice.ts";
import { draftInvoice } from "./invoices.ts";
import { periodAfter } from "./period.ts";
import { periodLines } from "./period-lines.ts";

/** Stripe leaves a renewal's invoice open to changes for about an hour. */
const draftFor = 3600;

/** Ends the subscription's period before its time, and bills and charges the next at once. For the control side. */
export function renewNow(work: Work, before: Subscription): Subscription {
  if (hasEnded(before)) throw invalid(`Subscription ${before.id} is ${before.status} and has no next period.`);
  const invoice = endPeriod(work, before);
  if (invoice) collect(work, invoice);
  return work.need("subscription", before.id);
}

/** The end of a period has come: the subscription ends if that was asked, else the next period begins. */
export function endPeriod(work: Work, before: Subscription): Invoice | undefined {
  const end = endOf(before);
  if (before.cancel_at !== null && before.cancel_at <= end) {
    return lastInvoice(work, cancelNow(work, before, end), work.id("in"), work.now + draftFor);
  }
  return beginPeriod(work, before, work.id("in"));
}

/** Nobody paid for the beginning in time: there is no subscription, and nothing to pay. */
export function expireIncomplete(work: Work, before: Subscription): Subscription {
  const status = "incomplete_expired" as const;
  const expired = { ...before, status, ended_at: work.now };
  work.tell("customer.subscription.updated", expired, { previous: { status: before.status } });
  const invoice = work.find("invoice", before.latest_invoice);
  if (invoice?.status === "open") voidInvoice(work, invoice);
  return expired;
}

/** Begins the next period of the items whose period ends first, with a draft of its invoice, which is finalised and charged later. */
export function beginPeriod(work: Work, before: Subscription, invoiceId: string): Invoice {
  const end = Math.min(...before.items.data.map((item) => item.current_period_end));
  const ended = before.items.data.filter((item) => item.current_period_end <= end);
  const subscription = nextPeriod(work, before, ended, invoiceId);
  const renewed = subscription.items.data.filter(({ id }) => ended.some((item) => item.id === id));
  return draftInvoice(work, {
    id: invoiceId,
    currency: subscription.currency,
    subscription,
    customer: work.need("customer", subscription.customer),
    reason: "subscription_cycle",
    lines: periodLines(work, invoiceId, subscription, renewed),
    period: { start: Math.min(...ended.map((item) => item.current_period_start)), end },
    // What is unpaid gets bills, but nobody is charged for them.
    finalizesAt: subscription.status === "unpaid" ? null : work.now + draftFor,
    automaticTax: subscription.automatic_tax.enabled,
  });
}

function nextPeriod(
  work: Work,
  before: Subscription,
  ended: readonly SubscriptionItem[],
  invoice: string,
): Subscription {
  const items = before.items.data.map((item) => {
    if (!ended.includes(item)) return item;
    const next = periodAfter(before.billing_cycle_anchor, item.plan, item.current_period_end);
    return { ...item, current_period_start: next.start, current_period_end: next.end };
  });
  // A trial ends with its period.
  const status = before.status === "trialing" ? "active" : before.status;
  const previous = { items: before.items, latest_invoice: before.latest_invoice, status: before.status };
  const after: Subscription = { ...before, items: itemsOf(before.id, items), latest_invoice: invoice, status };
  return work.tell("customer.subscription.updated", after, { previous });
}
