import { z } from "zod";
import { trialEndOf } from "../billing/begin-trial.ts";
import { changedItems, itemChange } from "../billing/changed-items.ts";
import { collect } from "../billing/collect.ts";
import { findCoupon, redeem } from "../billing/coupons.ts";
import { draftInvoice } from "../billing/invoices.ts";
import { afterIntervals } from "../billing/period.ts";
import { recurringLine, trialLine } from "../billing/subscription-lines.ts";
import type { Invoice } from "../objects/invoice.ts";
import { newSubscription, type Subscription, type SubscriptionItem } from "../objects/subscription.ts";
import { invalid } from "../protocol/errors.ts";
import { bool, int, metadata, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import type { Work } from "../state/work.ts";

const daySeconds = 86_400;

const params = z.strictObject({
  automatic_tax: z.strictObject({ enabled: bool }).optional(),
  customer: text(),
  default_payment_method: text().optional(),
  description: text(500).optional(),
  discounts: z.array(z.strictObject({ coupon: text().optional(), promotion_code: text().optional() })).optional(),
  items: z.array(itemChange).min(1).max(20),
  metadata: metadata.optional(),
  payment_behavior: z.enum(["allow_incomplete", "error_if_incomplete"]).default("allow_incomplete"),
  trial_end: int(0).optional(),
  trial_period_days: int(1, 730).optional(),
});
type Params = z.output<typeof params>;

/** A subscription made without a payment page, for a customer who has a card. */
export const newSubscriptions = [
  route({
    method: "POST",
    path: "/subscriptions",
    call: "subscriptions.create",
    permission: "rak_subscription_write",
    params,
    run: ({ work, params: given }) => {
      const { subscription, draft } = begin(work, given);
      const paid = collect(work, draft);
      if (paid.status === "open" && given.payment_behavior === "error_if_incomplete")
        throw invalid("The first payment failed, so there is no subscription.", { code: "card_declined" });
      return work.need("subscription", subscription.id);
    },
  }),
];

function begin(work: Work, given: Params): { subscription: Subscription; draft: Invoice } {
  const customer = work.need("customer", given.customer, "customer");
  const trialEnd = trialOf(work, given);
  const born = work.born("sub");
  const owner = { id: born.id, billing_cycle_anchor: trialEnd ?? work.now };
  const items = changedItems(work, owner, [], given.items).map((item) => firstPeriod(work, item, trialEnd));
  const invoiceId = work.id("in");
  const discounts = (given.discounts ?? []).map((named, place) => {
    const found = findCoupon(work, named, customer.id, `discounts[${place}]`);
    return redeem(work, found, { customer: customer.id, subscription: born.id }).id;
  });
  const made = newSubscription(born, {
    currency: items[0]?.price.currency ?? "gbp",
    customer: customer.id,
    paymentMethod: given.default_payment_method ?? null,
    items,
    latestInvoice: invoiceId,
    metadata: given.metadata ?? {},
    description: given.description ?? null,
    automaticTax: given.automatic_tax?.enabled ?? false,
    discounts,
    testClock: customer.test_clock,
  });
  const trial = trialEnd === null ? {} : { status: "trialing" as const, trial_end: trialEnd, trial_start: work.now };
  const anchored = { ...made, ...trial, billing_cycle_anchor: owner.billing_cycle_anchor };
  const subscription = work.tell("customer.subscription.created", anchored);
  return { subscription, draft: firstInvoice(work, subscription, invoiceId) };
}

function firstInvoice(work: Work, subscription: Subscription, id: string): Invoice {
  const { data: items } = subscription.items;
  return draftInvoice(work, {
    id,
    currency: subscription.currency,
    subscription,
    customer: work.need("customer", subscription.customer),
    reason: "subscription_create",
    lines: items.map((item) => (subscription.status === "trialing" ? trialLine : recurringLine)(work, id, item)),
    period: { start: work.now, end: work.now },
    finalizesAt: null,
    automaticTax: subscription.automatic_tax.enabled,
  });
}

function trialOf(work: Work, { trial_end: end, trial_period_days: days }: Params): number | null {
  if (end !== undefined) return trialEndOf(work, end);
  return days === undefined ? null : work.now + days * daySeconds;
}

const firstPeriod = (work: Work, item: SubscriptionItem, trialEnd: number | null): SubscriptionItem => ({
  ...item,
  current_period_start: work.now,
  current_period_end: trialEnd ?? afterIntervals(work.now, item.plan, 1),
});
