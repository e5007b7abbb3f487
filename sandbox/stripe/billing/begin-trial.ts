import type { Invoice } from "../objects/invoice.ts";
import { itemsOf, type Subscription } from "../objects/subscription.ts";
import { invalid } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import { changedItems } from "./changed-items.ts";
import { draftInvoice } from "./invoices.ts";
import { trialLine } from "./subscription-lines.ts";
import { type Rebilled, type Rebilling, tellOf } from "./update-subscription.ts";

export function trialEndOf(work: Work, end: number): number {
  if (end <= work.now) throw invalid("The `trial_end` must be in the future.", { param: "trial_end" });
  return end;
}

/**
 * Nothing is asked for until `trial_end`, where the next period begins, whatever its items' interval: Stripe's way of moving a
 * billing date (docs.stripe.com/billing/subscriptions/billing-cycle). A bill for nothing says so. Here without prorations only;
 * what waits for a bill goes on waiting, which is known from memory.
 */
export function beginTrial(
  work: Work,
  before: Subscription,
  plain: Partial<Subscription>,
  given: Rebilling & { readonly trial_end: number },
  invoiceId: string,
): Rebilled {
  const end = trialEndOf(work, given.trial_end);
  if (given.proration_behavior !== "none")
    throw invalid("The sandbox's stand-in moves a billing date only with `proration_behavior=none`.", {
      param: "proration_behavior",
    });
  const asked = given.items ? changedItems(work, before, before.items.data, given.items) : before.items.data;
  const items = asked.map((item) => ({ ...item, current_period_start: work.now, current_period_end: end }));
  const subscription = tellOf(work, before, {
    ...plain,
    items: itemsOf(before.id, items),
    ...{ billing_cycle_anchor: end, latest_invoice: invoiceId },
    ...{ status: "trialing", trial_start: work.now, trial_end: end },
  });
  return { subscription, draft: forNothing(work, subscription, invoiceId) };
}

function forNothing(work: Work, subscription: Subscription, id: string): Invoice {
  return draftInvoice(work, {
    id,
    currency: subscription.currency,
    subscription,
    customer: work.need("customer", subscription.customer),
    reason: "subscription_update",
    lines: subscription.items.data.map((item) => trialLine(work, id, item)),
    period: { start: work.now, end: work.now },
    finalizesAt: null,
    automaticTax: subscription.automatic_tax.enabled,
  });
}
