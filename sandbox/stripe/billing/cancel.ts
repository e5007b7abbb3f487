import type { Invoice } from "../objects/invoice.ts";
import type { CancellationDetails, Subscription } from "../objects/subscription.ts";
import type { Work } from "../state/work.ts";
import { takePending } from "./invoice-items.ts";
import { draftInvoice } from "./invoices.ts";
import { giveBack } from "./prorate.ts";

/** Ends a subscription. No money goes back by itself. `at` is when it ends, in unix seconds. */
export function cancelNow(
  work: Work,
  subscription: Subscription,
  at: number,
  details: Partial<CancellationDetails> = {},
): Subscription {
  stopCollecting(work, subscription);
  return work.tell("customer.subscription.deleted", {
    ...subscription,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: subscription.canceled_at ?? work.now,
    cancellation_details: { ...subscription.cancellation_details, reason: "cancellation_requested", ...details },
    ended_at: at,
    status: "canceled",
  });
}

/** Stripe charges nobody by itself for what a subscription left behind; it can still be paid. */
function stopCollecting(work: Work, { id }: Subscription): void {
  for (const invoice of work.all("invoice")) {
    const ours = invoice.parent?.subscription_details.subscription === id;
    if (!ours || invoice.status !== "open" || invoice.next_payment_attempt === null) continue;
    const { auto_advance, next_payment_attempt } = invoice;
    const previous = { auto_advance, next_payment_attempt };
    work.tell("invoice.updated", { ...invoice, auto_advance: false, next_payment_attempt: null }, { previous });
  }
}

export interface Leaving {
  /** What is paid for and not used goes back, as a line of the next invoice. */
  readonly prorate: boolean;
  /** What waits for an invoice is billed now. */
  readonly invoiceNow: boolean;
  readonly details?: Partial<CancellationDetails>;
}

/** Ends a subscription before its period does. Returns the draft of its last invoice, where one was asked for and has lines. */
export function leave(work: Work, before: Subscription, leaving: Leaving, invoiceId: string): Invoice | undefined {
  if (leaving.prorate) for (const item of before.items.data) giveBack(work, before, item, work.now);
  if (!leaving.prorate && !leaving.invoiceNow) dropProrations(work, before);
  const ended = cancelNow(work, before, work.now, leaving.details);
  return leaving.invoiceNow ? lastInvoice(work, ended, invoiceId) : undefined;
}

/** What still waited for an invoice when the subscription ended; undefined when nothing did. */
export function lastInvoice(
  work: Work,
  ended: Subscription,
  invoiceId: string,
  finalizesAt: number | null = null,
): Invoice | undefined {
  const { id, customer, currency, items } = ended;
  const lines = takePending(work, invoiceId, { customer, subscription: id, currency });
  if (lines.length === 0) return undefined;
  const start = Math.min(...items.data.map((item) => item.current_period_start));
  return draftInvoice(work, {
    id: invoiceId,
    currency,
    subscription: ended,
    customer: work.need("customer", customer),
    // Which reason Stripe gives a last invoice is not documented.
    reason: "subscription_cycle",
    lines,
    period: { start, end: work.now },
    finalizesAt,
    automaticTax: ended.automatic_tax.enabled,
    // The subscription's card: an ended subscription has none of its own any more.
    paymentMethod: ended.default_payment_method,
  });
}

/** Said of an end at once that neither prorates nor bills: prorations that wait are removed, other items stay. */
function dropProrations(work: Work, { id }: Subscription): void {
  for (const item of work.all("invoiceitem")) {
    const ours = item.parent?.subscription_details.subscription === id;
    if (ours && item.proration && item.invoice === null) work.remove("invoiceitem.deleted", item);
  }
}
