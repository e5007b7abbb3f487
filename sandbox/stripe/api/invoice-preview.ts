import { z } from "zod";
import { lastInvoice, leave } from "../billing/cancel.ts";
import { changedItems } from "../billing/changed-items.ts";
import { findCoupon, redeem } from "../billing/coupons.ts";
import { priceDataOfProduct } from "../billing/inline-prices.ts";
import { lineOf } from "../billing/invoice-items.ts";
import { draftInvoice } from "../billing/invoices.ts";
import { plainChange } from "../billing/plain-change.ts";
import { priced } from "../billing/priced.ts";
import { beginPeriod } from "../billing/renew.ts";
import { recurringLine } from "../billing/subscription-lines.ts";
import { updateSubscription } from "../billing/update-subscription.ts";
import type { Customer } from "../objects/customer.ts";
import { type Invoice, taxedBy } from "../objects/invoice.ts";
import { noAddress } from "../objects/shared.ts";
import type { Subscription } from "../objects/subscription.ts";
import { invalid } from "../protocol/errors.ts";
import { address, bool, currency, int, orUnset, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import { endOf, hasEnded } from "../state/agenda.ts";
import type { Work } from "../state/work.ts";
import { billable, makeItem } from "./invoice-items.ts";
import { rebilling } from "./subscription-params.ts";

const extraItem = z.strictObject({
  ...billable,
  price: text().optional(),
  price_data: priceDataOfProduct.optional(),
  unit_amount: int().optional(),
});

const params = z.strictObject({
  automatic_tax: z.strictObject({ enabled: bool }).optional(),
  customer: text().optional(),
  customer_details: z.strictObject({ address: orUnset(address).optional() }).optional(),
  discounts: orUnset(
    z.array(z.strictObject({ coupon: text().optional(), promotion_code: text().optional() })),
  ).optional(),
  subscription: text().optional(),
  currency: currency.optional(),
  preview_mode: z.enum(["next", "recurring"]).default("next"),
  invoice_items: z.array(extraItem).max(250).default([]),
  subscription_details: z.strictObject({ ...rebilling, cancel_now: bool.optional() }).optional(),
});
type Params = z.output<typeof params>;

/**
 * What would be billed. The change is made in a unit of work that is then let go, by the same code that makes it for good:
 * a preview cannot differ from the bill. It is kept nowhere; its id says so.
 */
export const invoicePreview = [
  route({
    method: "POST",
    path: "/invoices/create_preview",
    call: "invoices.createPreview",
    permission: "rak_invoice_write",
    dry: true,
    params,
    run: ({ work, params: given }) => preview(work, given),
  }),
];

function preview(work: Work, given: Params): Invoice {
  const subscription =
    given.subscription === undefined ? null : work.need("subscription", given.subscription, "subscription");
  const id = work.id("upcoming_in");
  const draft = subscription ? ofSubscription(work, subscription, given, id) : ofNobodyYet(work, given, id);
  const lines = draft.lines.data.filter(
    ({ parent }) => given.preview_mode === "next" || !parent.subscription_item_details?.invoice_item,
  );
  const all = [...lines, ...extraLines(work, draft, given)];
  if (all.length === 0) throw nothing("there is nothing to invoice");
  const shown: Invoice = { ...draft, automatically_finalizes_at: null, billing_reason: "upcoming" };
  return priced(work, { ...shown, ...overridden(work, shown, given) }, all);
}

function ofSubscription(work: Work, before: Subscription, given: Params, id: string): Invoice {
  if (hasEnded(before)) throw nothing(`subscription ${before.id} is ${before.status}`);
  const details = given.subscription_details ?? {};
  const { proration_behavior: behavior, cancel_now: ends } = details;
  const prorated = { subscription_proration_date: details.proration_date ?? work.now };
  if (ends) {
    const draft = leave(work, before, { prorate: behavior !== "none", invoiceNow: true }, id);
    return dated(draft ?? emptyDraft(work, before, id), prorated);
  }
  const changes = [details.items, details.billing_cycle_anchor, details.trial_end].some((one) => one !== undefined);
  const plain = plainChange(work, before, details);
  if (!changes) return nextInvoice(work, { ...before, ...plain }, id);
  const { subscription, draft } = updateSubscription(work, before, plain, details, id);
  if (draft || behavior === "always_invoice") return dated(draft ?? emptyDraft(work, before, id), prorated);
  return dated(nextInvoice(work, subscription, id), prorated);
}

/** What a preview may ask "what if" about. */
function overridden(work: Work, draft: Invoice, given: Params): Partial<Invoice> {
  const { automatic_tax: tax, customer_details: details, discounts } = given;
  return {
    ...(tax ? { automatic_tax: taxedBy(tax.enabled, true) } : {}),
    ...(details?.address ? { customer_address: { ...noAddress, ...details.address } } : {}),
    ...(discounts === undefined
      ? {}
      : {
          discounts: (discounts ?? []).map((named, place) => {
            const found = findCoupon(work, named, draft.customer, `discounts[${place}]`);
            return redeem(work, found, { customer: draft.customer }).id;
          }),
        }),
  };
}

/** The bill at the end of the period, with the date it will have. */
function nextInvoice(work: Work, subscription: Subscription, id: string): Invoice {
  const end = endOf(subscription);
  const draft =
    subscription.cancel_at !== null && subscription.cancel_at <= end
      ? (lastInvoice(work, subscription, id) ?? emptyDraft(work, subscription, id))
      : beginPeriod(work, subscription, id);
  return { ...draft, created: end, next_payment_attempt: end };
}

const dated = (draft: Invoice, prorated: { subscription_proration_date: number }): Invoice => ({
  ...draft,
  parent: draft.parent && {
    ...draft.parent,
    subscription_details: { ...draft.parent.subscription_details, ...prorated },
  },
});

const emptyDraft = (work: Work, subscription: Subscription, id: string): Invoice =>
  draftInvoice(work, {
    id,
    currency: subscription.currency,
    subscription,
    customer: work.need("customer", subscription.customer),
    reason: "upcoming",
    lines: [],
    period: { start: work.now, end: work.now },
    finalizesAt: null,
    automaticTax: subscription.automatic_tax.enabled,
  });

/** What a new subscription would begin with, for a customer or for somebody we do not know yet. */
function ofNobodyYet(work: Work, given: Params, id: string): Invoice {
  const customer = given.customer === undefined ? null : work.need("customer", given.customer, "customer");
  if (!customer && !given.subscription_details)
    throw invalid("You must specify at least one of `customer`, `subscription` or `subscription_details`.");
  const changes = given.subscription_details?.items ?? [];
  const fresh = { id: work.id("sub"), billing_cycle_anchor: work.now };
  const items = changes.length > 0 ? changedItems(work, fresh, [], changes) : [];
  const money = given.currency ?? items[0]?.price.currency ?? customer?.currency ?? moneyOf(given);
  return draftInvoice(work, {
    id,
    currency: money,
    subscription: null,
    customer,
    reason: "upcoming",
    lines: items.map((item) => recurringLine(work, id, item)),
    period: { start: work.now, end: work.now },
    finalizesAt: null,
    automaticTax: false,
  });
}

function moneyOf({ invoice_items: [first] }: Params): string {
  const money = first?.price_data?.currency ?? first?.currency;
  if (!money) throw nothing("there is nothing to invoice");
  return money;
}

function extraLines(work: Work, draft: Invoice, given: Params) {
  const known = work.find("customer", draft.customer);
  const customer: Pick<Customer, "currency" | "id" | "test_clock"> = {
    id: draft.customer ?? "",
    currency: draft.currency,
    test_clock: known?.test_clock ?? null,
  };
  return given.invoice_items.map((thing, place) => {
    const { price, unit_amount: each, ...rest } = thing;
    const named = {
      ...rest,
      ...(price === undefined ? {} : { pricing: { price } }),
      ...(each === undefined ? {} : { amount: each * thing.quantity }),
    };
    const item = makeItem(work, customer, given.subscription ?? null, named, `invoice_items[${place}]`);
    return lineOf(work, draft.id, item);
  });
}

const nothing = (why: string) =>
  invalid(`No upcoming invoices for customer: ${why}.`, { code: "invoice_upcoming_none" });
