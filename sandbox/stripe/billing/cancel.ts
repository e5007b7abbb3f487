import type { CancellationDetails, Subscription } from "../objects/subscription.ts";
import type { Work } from "../state/work.ts";

/** Ends a subscription. No money goes back by itself. `at` is when it ends, in unix seconds. */
export function cancelNow(
  work: Work,
  subscription: Subscription,
  at: number,
  details: Partial<CancellationDetails> = {},
): Subscription {
  return work.tell("customer.subscription.deleted", {
    ...subscription,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: subscription.canceled_at ?? work.now,
    cancellation_details: { ...subscription.cancellation_details, reason: "cancellation_requested", ...details },
    ended_at: at,
    status: "canceled",
  });
}
