import { z } from "zod";
import { cancelNow } from "../billing/cancel.ts";
import { itemsOf, type Subscription } from "../objects/subscription.ts";
import { invalid } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import { bool, inRange, metadata, orUnset, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import type { Work } from "../state/work.ts";
import { changedItems, itemChange } from "./subscription-changes.ts";

const path = "/subscriptions";
const read = "rak_subscription_read";
const write = "rak_subscription_write";

const feedback = [
  "customer_service",
  "low_quality",
  "missing_features",
  "other",
  "switched_service",
  "too_complex",
  "too_expensive",
  "unused",
] as const;
const cancellation = z.strictObject({
  comment: orUnset(text()).optional(),
  feedback: orUnset(z.enum(feedback)).optional(),
});

const updateParams = z.strictObject({
  cancel_at_period_end: bool.optional(),
  cancellation_details: cancellation.optional(),
  default_payment_method: text().optional(),
  description: orUnset(text(500)).optional(),
  items: z.array(itemChange).max(20).optional(),
  metadata: metadata.optional(),
  proration_behavior: z.enum(["always_invoice", "create_prorations", "none"]).optional(),
});
type Update = z.output<typeof updateParams>;

export const subscriptions = [
  route({
    method: "GET",
    path,
    call: "subscriptions.list",
    permission: read,
    params: z.strictObject({
      ...paging,
      created: range.optional(),
      customer: text().optional(),
      price: text().optional(),
      status: z
        .enum([
          "active",
          "all",
          "canceled",
          "ended",
          "incomplete",
          "incomplete_expired",
          "past_due",
          "paused",
          "trialing",
          "unpaid",
        ])
        .optional(),
    }),
    run: ({ work, params }) => {
      const found = work
        .all("subscription")
        .filter(
          (one) =>
            inRange(one.created, params.created) &&
            (params.customer === undefined || one.customer === params.customer) &&
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
    run: ({ work, id, params }) => update(work, work.need("subscription", id), params),
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
      if (subscription.status === "canceled") throw gone(subscription);
      if (params.invoice_now || params.prorate) throw noProration("invoice_now");
      const { comment = null, feedback: why = null } = params.cancellation_details ?? {};
      return cancelNow(work, subscription, work.now, { comment, feedback: why });
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
  if (wanted === "ended") return one.status === "canceled";
  return wanted === "all" || one.status === wanted;
}

function update(work: Work, before: Subscription, given: Update): Subscription {
  if (before.status === "canceled") throw gone(before);
  if (given.items && given.proration_behavior !== "none") throw noProration("proration_behavior");
  if (given.default_payment_method) work.need("payment_method", given.default_payment_method, "default_payment_method");
  const change: Partial<Subscription> = {
    ...ending(work, before, given),
    ...(given.default_payment_method === undefined ? {} : { default_payment_method: given.default_payment_method }),
    ...(given.description === undefined ? {} : { description: given.description }),
    ...(given.metadata === undefined ? {} : { metadata: changedMetadata(before.metadata, given.metadata) }),
    ...(given.items ? { items: itemsOf(before.id, changedItems(work, before, before.items.data, given.items)) } : {}),
  };
  const previous = Object.fromEntries(Object.keys(change).map((key) => [key, before[key as keyof Subscription]]));
  return work.tell("customer.subscription.updated", { ...before, ...change }, { previous });
}

/** Asked to end with the period, a subscription stays active until then; asked not to, all is as before. */
function ending(work: Work, before: Subscription, given: Update): Partial<Subscription> {
  const { comment, feedback: why } = given.cancellation_details ?? {};
  const details = { ...before.cancellation_details, comment: comment ?? null, feedback: why ?? null };
  if (given.cancel_at_period_end === undefined)
    return given.cancellation_details ? { cancellation_details: details } : {};
  if (!given.cancel_at_period_end) {
    const cancellation_details = { ...details, comment: null, feedback: null, reason: null };
    return { cancel_at: null, cancel_at_period_end: false, canceled_at: null, cancellation_details };
  }
  const end = Math.max(...before.items.data.map((item) => item.current_period_end));
  return {
    cancel_at: end,
    cancel_at_period_end: true,
    canceled_at: work.now,
    cancellation_details: { ...details, reason: "cancellation_requested" },
  };
}

const gone = ({ id }: Subscription) =>
  invalid(`No such subscription: '${id}'. It is canceled and can no longer be changed.`, {
    code: "resource_missing",
    param: "id",
  });

const noProration = (param: string) =>
  invalid(
    "The sandbox's stand-in does not prorate yet: send proration_behavior=none, and neither invoice_now nor prorate.",
    { param },
  );
