import { z } from "zod";
import { leave } from "../billing/cancel.ts";
import { collect } from "../billing/collect.ts";
import { plainChange } from "../billing/plain-change.ts";
import { updateSubscription } from "../billing/update-subscription.ts";
import type { Subscription } from "../objects/subscription.ts";
import { invalid } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { bool, inRange, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import { hasEnded } from "../state/agenda.ts";
import { cancellation, listParams, updateParams } from "./subscription-params.ts";

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
      updateSubscription(work, before, plainChange(work, before, { discounts: null }), {}, work.id("in"));
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

const gone = ({ id }: Subscription) =>
  invalid(`No such subscription: '${id}'. It is canceled and can no longer be changed.`, {
    code: "resource_missing",
    param: "id",
  });
