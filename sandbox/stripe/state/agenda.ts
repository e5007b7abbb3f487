import type { StripeObject } from "../objects/index.ts";
import type { Aside } from "./asides.ts";
import type { State } from "./state.ts";

/** When the clock has something to do about an object next, in unix seconds; null when nothing. `billing/due.ts` does it. */
export function dueAt(object: StripeObject, aside: Aside): number | null {
  switch (object.object) {
    case "checkout.session":
      return object.status === "open" ? object.expires_at : null;
    case "dispute":
      if (object.status.endsWith("needs_response")) return object.evidence_details.due_by;
      return object.status.endsWith("under_review") ? (aside.decision?.at ?? null) : null;
    case "refund":
      return aside.later?.at ?? null;
    case "subscription":
      if (object.status === "incomplete") return object.created + paidWithin;
      return hasEnded(object) ? null : endOf(object);
    case "invoice":
      if (object.status === "draft") return object.automatically_finalizes_at;
      return object.status === "open" ? object.next_payment_attempt : null;
    default:
      return null;
  }
}

/** A first invoice must be paid within 23 hours (Subscriptions.d.ts, `status`). */
const paidWithin = 23 * 3600;

type Subscription = Extract<StripeObject, { readonly object: "subscription" }>;

export const hasEnded = ({ status }: Pick<Subscription, "status">): boolean =>
  status === "canceled" || status === "incomplete_expired";

/** The end of the first period of its items to end, or of the whole subscription where that comes before. */
export const endOf = ({ items, cancel_at: end }: Pick<Subscription, "cancel_at" | "items">): number =>
  Math.min(...items.data.map((item) => item.current_period_end), ...(end === null ? [] : [end]));

/** The test clock by which an object lives: that of its customer. Payment pages run out by the real time. */
export function testClockOf(state: State, object: StripeObject): string | null {
  if (object.object === "test_helpers.test_clock") return object.id;
  if (object.object === "customer") return object.test_clock;
  if (object.object === "checkout.session") return null;
  if ("customer" in object) return state.find("customer", object.customer ?? "")?.test_clock ?? null;
  if ("charge" in object)
    return state.find("customer", state.find("charge", object.charge)?.customer ?? "")?.test_clock ?? null;
  return null;
}
