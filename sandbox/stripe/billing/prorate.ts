import { type Credited, newInvoiceItem } from "../objects/invoice-item.ts";
import { pricingOf } from "../objects/invoice-line.ts";
import type { Period, Subscription, SubscriptionItem } from "../objects/subscription.ts";
import type { Work } from "../state/work.ts";
import { afterPercentages } from "./discounts.ts";
import { productName } from "./inline-prices.ts";
import { lastDebit } from "./last-debit.ts";
import { inWords, share } from "./money.ts";
import { cycleAt } from "./period.ts";

/** A change of what is subscribed to, at a moment. */
export interface Change {
  readonly before: Subscription;
  readonly after: readonly SubscriptionItem[];
  /** Unix seconds. */
  readonly at: number;
  /** Every item begins a new period now and is billed for all of it; what is left of the old one only goes back. */
  readonly resets: boolean;
}

/**
 * Makes an invoice item for each sum that a change gives back or asks for. Stripe counts by the second; the sum of each
 * line is rounded to the minor unit on its own, halves away from zero
 * (docs.stripe.com/billing/subscriptions/prorations; the rounding is known from memory only).
 */
export function prorate(work: Work, { before, after, at, resets }: Change): void {
  const differs = (item: SubscriptionItem, other: SubscriptionItem | undefined) =>
    other?.price.id !== item.price.id || other.quantity !== item.quantity;
  for (const item of before.items.data) {
    const next = after.find(({ id }) => id === item.id);
    if (!resets && !differs(item, next)) continue;
    giveBack(work, before, item, at);
    if (next && !resets) askFor(work, before, next, at);
  }
  for (const item of after) {
    if (!resets && !before.items.data.some(({ id }) => id === item.id)) askFor(work, before, item, at);
  }
}

/** What was billed for an item and not used yet. In flexible billing it is counted from the sum that was billed, not from the price. */
export function giveBack(work: Work, subscription: Subscription, item: SubscriptionItem, at: number): void {
  const debit = lastDebit(work, item.id, at);
  if (!debit) return;
  const { start, end } = debit.period;
  const amount = -share(debit.amount, end - at, end - start);
  keep(work, subscription, item, { amount, period: { start: at, end }, credited: debit.reference, words: "Unused" });
}

/** An item's price for the rest of its period. */
function askFor(work: Work, subscription: Subscription, item: SubscriptionItem, at: number): void {
  const end = item.current_period_end;
  const cycle = cycleAt(subscription.billing_cycle_anchor, item.plan, at);
  const whole = share(item.price.unit_amount * item.quantity, end - at, cycle.end - cycle.start);
  // Stripe's `proration_discounts: included`: a discount is in the prorated sum, not beside it.
  const amount = afterPercentages(work, subscription, whole, at);
  keep(work, subscription, item, { amount, period: { start: at, end }, credited: null, words: "Remaining" });
}

interface Part {
  readonly amount: number;
  readonly period: Period;
  readonly credited: Credited | null;
  readonly words: "Remaining" | "Unused";
}

function keep(work: Work, { id, customer, test_clock }: Subscription, item: SubscriptionItem, part: Part): void {
  const { price, quantity } = item;
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });
  const each = `${inWords(price.unit_amount, price.currency)} / ${item.plan.interval}`;
  const what = `${quantity} × ${productName(work, price)} (at ${each})`;
  const prorated = newInvoiceItem(work.born("ii"), {
    amount: part.amount,
    currency: price.currency,
    customer,
    description: `${part.words} time on ${what} after ${day.format(part.period.start * 1000)}`,
    period: part.period,
    pricing: pricingOf(price),
    quantity,
    subscription: id,
    subscriptionItem: item.id,
    credited: part.credited,
    // Discounts are in the sum already.
    discountable: false,
    testClock: test_clock,
  });
  work.tell("invoiceitem.created", prorated);
}
