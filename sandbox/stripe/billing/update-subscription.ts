import type { Invoice } from "../objects/invoice.ts";
import { itemsOf, type Subscription, type SubscriptionItem } from "../objects/subscription.ts";
import { invalid } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import { beginTrial } from "./begin-trial.ts";
import { changedItems, type ItemChange, sameRhythm } from "./changed-items.ts";
import { draftInvoice } from "./invoices.ts";
import { afterIntervals } from "./period.ts";
import { periodLines } from "./period-lines.ts";
import { prorate } from "./prorate.ts";

export interface Rebilling {
  readonly items?: readonly ItemChange[] | undefined;
  readonly billing_cycle_anchor?: { readonly type: "now" | "unchanged" } | undefined;
  readonly proration_behavior?: "always_invoice" | "create_prorations" | "none" | undefined;
  readonly proration_date?: number | undefined;
  readonly trial_end?: number | undefined;
}

export interface Rebilled {
  readonly subscription: Subscription;
  /** What is billed at once; nothing is charged yet. */
  readonly draft: Invoice | undefined;
}

/**
 * Changes what a subscription is for, and bills what follows from it: later as pending invoice items, or at once where that
 * was asked or a new cycle begins. `plain` are changes that cost nothing.
 */
export function updateSubscription(
  work: Work,
  before: Subscription,
  plain: Partial<Subscription>,
  given: Rebilling,
  invoiceId: string,
): Rebilled {
  const { trial_end: trialEnd } = given;
  if (trialEnd !== undefined) return beginTrial(work, before, plain, { ...given, trial_end: trialEnd }, invoiceId);
  const asked = given.items ? changedItems(work, before, before.items.data, given.items) : before.items.data;
  const resets = given.billing_cycle_anchor?.type === "now" || hasNewRhythm(before, asked);
  // What leaves the items as they are prorates nothing, whenever it comes.
  const at = given.items || resets || given.proration_date !== undefined ? momentOf(work, before, given) : work.now;
  const items = resets ? asked.map((item) => begunNow(work, item)) : asked;
  const behavior = before.status === "trialing" ? "none" : (given.proration_behavior ?? "create_prorations");
  if (behavior !== "none") prorate(work, { before, after: items, at, resets });
  const change = {
    ...plain,
    ...(given.items || resets ? { items: itemsOf(before.id, items) } : {}),
    ...(resets ? { billing_cycle_anchor: work.now } : {}),
  };
  const lines =
    resets || behavior === "always_invoice" ? periodLines(work, invoiceId, before, resets ? items : []) : [];
  const billed = lines.length > 0 ? { latest_invoice: invoiceId } : {};
  const subscription = tellOf(work, before, { ...change, ...billed });
  if (lines.length === 0) return { subscription, draft: undefined };
  const draft = draftInvoice(work, {
    id: invoiceId,
    currency: before.currency,
    subscription,
    customer: work.need("customer", before.customer),
    reason: "subscription_update",
    lines,
    period: { start: at, end: at },
    finalizesAt: null,
    automaticTax: subscription.automatic_tax.enabled,
  });
  return { subscription, draft };
}

export function tellOf(work: Work, before: Subscription, change: Partial<Subscription>): Subscription {
  const previous = Object.fromEntries(Object.keys(change).map((key) => [key, before[key as keyof Subscription]]));
  return work.tell("customer.subscription.updated", { ...before, ...change }, { previous });
}

/** With no item left on its old interval (from month to year), the whole subscription begins a new cycle. Known from memory. */
const hasNewRhythm = (before: Subscription, after: readonly SubscriptionItem[]): boolean =>
  !after.some((item) => before.items.data.some((old) => sameRhythm(old.plan, item.plan)));

const begunNow = (work: Work, item: SubscriptionItem): SubscriptionItem => ({
  ...item,
  current_period_start: work.now,
  current_period_end: afterIntervals(work.now, item.plan, 1),
});

/** The moment of the change, which must lie in the current period. */
function momentOf(work: Work, before: Subscription, { proration_date: at = work.now }: Rebilling): number {
  const start = Math.min(...before.items.data.map((item) => item.current_period_start));
  const end = Math.min(...before.items.data.map((item) => item.current_period_end));
  const changed = work
    .all("invoiceitem")
    .filter(({ parent, proration }) => proration && parent?.subscription_details.subscription === before.id)
    .some(({ period }) => period.start > at);
  if (changed)
    throw invalid("The sandbox's stand-in counts no proration from before the last one.", { param: "proration_date" });
  if (at >= start && at <= end) return at;
  throw invalid("The `proration_date` must be within the current period of the subscription.", {
    param: "proration_date",
  });
}
