import { z } from "zod";
import { leave } from "../billing/cancel.ts";
import { collect } from "../billing/collect.ts";
import { findCoupon, redeem } from "../billing/coupons.ts";
import { updateSubscription } from "../billing/update-subscription.ts";
import { type Subscription, taxed } from "../objects/subscription.ts";
import { invalid } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import { bool, inRange, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import { hasEnded } from "../state/agenda.ts";
import type { Work } from "../state/work.ts";
import { cancellation, listParams, type Update, updateParams } from "./subscription-params.ts";

const path = "/subscriptions";
const read = "rak_subscription_read";
const write = "rak_subscription_write";

export const subscriptions = [
  route({
    method: "GET",
    path,
    call: "subscriptions.list",
    permission: read,
    params: z.strictObject({
      ...paging,
      created: range.optional(),
      ...listParams,
    }),
    run: ({ work, params }) => {
      const found = work
        .all("subscription")
        .filter(
          (one) =>
            inRange(one.created, params.created) &&
            (params.customer === undefined || one.customer === params.customer) &&
            (params.test_clock === undefined || one.test_clock === params.test_clock) &&
            (params.price === undefined || one.items.data.some((item) => item.price.id === params.price)) &&
            hasStatus(one, params.status),
        );
      return pageOf(`/v1${path}`, found, params);
    },
  }),
  route({
    method: "GET",
    path: `${path}/:id`,
    call: "subscriptions.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("subscription", id),
  }),
  route({
    method: "POST",
    path: `${path}/:id`,
    call: "subscriptions.update",
    permission: write,
    params: updateParams,
    run: ({ work, id, params }) => {
      const before = work.need("subscription", id);
      if (hasEnded(before)) throw gone(before);
      const { draft } = updateSubscription(work, before, plainChange(work, before, params), params, work.id("in"));
      const paid = draft && collect(work, draft);
      if (paid?.status === "open" && params.payment_behavior === "error_if_incomplete")
        throw invalid("The payment for the change failed, so nothing was changed.", { code: "card_declined" });
      return work.need("subscription", id);
    },
  }),
  route({
    method: "DELETE",
    path: `${path}/:id`,
    call: "subscriptions.cancel",
    permission: write,
    params: z.strictObject({
      cancellation_details: cancellation.optional(),
      invoice_now: bool.optional(),
      prorate: bool.optional(),
    }),
    run: ({ work, id, params }) => {
      const subscription = work.need("subscription", id);
      if (hasEnded(subscription)) throw gone(subscription);
      const { comment = null, feedback: why = null } = params.cancellation_details ?? {};
      const { prorate = false, invoice_now: invoiceNow = false } = params;
      const details = { comment, feedback: why };
      const draft = leave(work, subscription, { prorate, invoiceNow, details }, work.id("in"));
      if (draft) collect(work, draft);
      return work.need("subscription", id);
    },
  }),
  route({
    method: "DELETE",
    path: `${path}/:id/discount`,
    call: "subscriptions.deleteDiscount",
    permission: write,
    params: z.strictObject({}),
    run: ({ work, id }) => {
      const before = work.need("subscription", id);
      const [first] = before.discounts;
      if (first === undefined) throw invalid("This subscription has no discount.", { code: "resource_missing" });
      updateSubscription(work, before, { discounts: discountsOf(work, before, []) }, {}, work.id("in"));
      const { end: _end, ...gone } = work.need("discount", first);
      return { ...gone, deleted: true };
    },
  }),
  route({
    method: "GET",
    path: "/subscription_items",
    call: "subscriptionItems.list",
    permission: read,
    params: z.strictObject({ ...paging, subscription: text() }),
    run: ({ work, params }) => {
      const { items } = work.need("subscription", params.subscription, "subscription");
      return pageOf("/v1/subscription_items", items.data, params);
    },
  }),
  route({
    method: "GET",
    path: "/subscription_items/:id",
    call: "subscriptionItems.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => {
      const items = work.all("subscription").flatMap((one) => one.items.data);
      const found = items.find((item) => item.id === id);
      if (!found) throw invalid(`No such subscription_item: '${id}'`, { code: "resource_missing", param: "id" });
      return found;
    },
  }),
];

/** Without a status, all that have not ended. */
function hasStatus(one: Subscription, wanted: string | undefined): boolean {
  if (wanted === undefined) return one.status !== "canceled";
  if (wanted === "ended") return hasEnded(one);
  return wanted === "all" || one.status === wanted;
}

/** The part of an update that costs nothing. */
export function plainChange(work: Work, before: Subscription, given: Partial<Update>): Partial<Subscription> {
  if (given.default_payment_method) work.need("payment_method", given.default_payment_method, "default_payment_method");
  return {
    ...ending(work, before, given),
    ...(given.automatic_tax ? { automatic_tax: taxed(given.automatic_tax.enabled) } : {}),
    ...(given.default_payment_method === undefined ? {} : { default_payment_method: given.default_payment_method }),
    ...(given.discounts === undefined ? {} : { discounts: discountsOf(work, before, given.discounts ?? []) }),
    ...(given.description === undefined ? {} : { description: given.description }),
    ...(given.metadata === undefined ? {} : { metadata: changedMetadata(before.metadata, given.metadata) }),
  };
}

/** The discounts from now on; those that are not named any more are gone. */
function discountsOf(work: Work, before: Subscription, named: NonNullable<Update["discounts"]>): string[] {
  const { id: subscription, customer } = before;
  const after = named.map((one, place) => {
    if (one.discount !== undefined) return work.need("discount", one.discount, `discounts[${place}][discount]`).id;
    return redeem(work, findCoupon(work, one, customer, `discounts[${place}]`), { customer, subscription }).id;
  });
  for (const id of before.discounts)
    if (!after.includes(id)) work.tell("customer.discount.deleted", work.need("discount", id));
  return after;
}

/** Asked to end with the period, a subscription stays active until then; asked not to, all is as before. */
function ending(work: Work, before: Subscription, given: Partial<Update>): Partial<Subscription> {
  const { comment, feedback: why } = given.cancellation_details ?? {};
  const details = { ...before.cancellation_details, comment: comment ?? null, feedback: why ?? null };
  if (given.cancel_at_period_end === undefined && given.cancel_at === undefined)
    return given.cancellation_details ? { cancellation_details: details } : {};
  if (!given.cancel_at_period_end && !given.cancel_at) {
    const cancellation_details = { ...details, comment: null, feedback: null, reason: null };
    return { cancel_at: null, cancel_at_period_end: false, canceled_at: null, cancellation_details };
  }
  const end = Math.max(...before.items.data.map((item) => item.current_period_end));
  return {
    cancel_at: given.cancel_at ?? end,
    cancel_at_period_end: given.cancel_at_period_end ?? false,
    canceled_at: work.now,
    cancellation_details: { ...details, reason: "cancellation_requested" },
  };
}

const gone = ({ id }: Subscription) =>
  invalid(`No such subscription: '${id}'. It is canceled and can no longer be changed.`, {
    code: "resource_missing",
    param: "id",
  });
