import type { Metadata } from "../objects/shared.ts";
import { type CancellationDetails, type Subscription, taxed } from "../objects/subscription.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import type { Work } from "../state/work.ts";
import { findCoupon, type Named, redeem } from "./coupons.ts";

interface NamedDiscount extends Named {
  readonly discount?: string | undefined;
}

/** What can be changed of a subscription without billing anything; null unsets. */
export interface Plain {
  readonly automatic_tax?: { readonly enabled: boolean } | undefined;
  readonly cancel_at?: number | null | undefined;
  readonly cancel_at_period_end?: boolean | undefined;
  readonly cancellation_details?:
    | Partial<Record<keyof Pick<CancellationDetails, "comment" | "feedback">, string | null | undefined>>
    | undefined;
  readonly default_payment_method?: string | undefined;
  readonly description?: string | null | undefined;
  readonly discounts?: readonly NamedDiscount[] | null | undefined;
  readonly metadata?: Metadata | null | undefined;
}

/** The part of an update that costs nothing. */
export function plainChange(work: Work, before: Subscription, given: Plain): Partial<Subscription> {
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
function discountsOf(work: Work, before: Subscription, named: readonly NamedDiscount[]): string[] {
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
function ending(work: Work, before: Subscription, given: Plain): Partial<Subscription> {
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
