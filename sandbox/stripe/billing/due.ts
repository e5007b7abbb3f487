import type { Clock } from "@/lib/clock.ts";
import { type CheckoutSession, type SetupSession, sells } from "../objects/checkout-session.ts";
import type { StripeObject } from "../objects/index.ts";
import { unixSeconds } from "../state/state.ts";
import { onItsOwn, type Store } from "../state/store.ts";
import type { Work } from "../state/work.ts";
import { checkoutOf } from "./checkout-payment.ts";
import { collect } from "./collect.ts";
import { disputeCame } from "./disputes.ts";
import { refundCame } from "./refunds.ts";
import { endPeriod, expireIncomplete } from "./renew.ts";
import { expireSetup } from "./setup-session.ts";
import { arrive } from "./test-clocks.ts";

/** Does what time has brought due: by the clock of the stand-in, and by each test clock that is advancing. */
export function bringUpToDate(store: Store, clock: Clock): void {
  doAllUntil(store, null, unixSeconds(clock.now()));
  for (const one of store.state.all("test_helpers.test_clock")) {
    const target = one.status_details.advancing?.target_frozen_time;
    if (target === undefined) continue;
    doAllUntil(store, one.id, target);
    store.run(onItsOwn, (work) => arrive(work, one, target), target);
  }
}

/** One thing after another, each at its own time: however far a clock jumps, what happens is what would have happened. */
function doAllUntil({ state, run }: Store, testClock: string | null, until: number): void {
  for (let next = state.nextDue(testClock, until); next; next = state.nextDue(testClock, until)) {
    const { object, at } = next;
    run(onItsOwn, (work) => doWhatIsDue(work, object), at);
  }
}

function doWhatIsDue(work: Work, object: StripeObject): unknown {
  switch (object.object) {
    case "checkout.session":
      return expireSession(work, object);
    case "dispute":
      return disputeCame(work, object);
    case "invoice":
      return collect(work, object);
    case "refund":
      return refundCame(work, object);
    case "subscription":
      return object.status === "incomplete" ? expireIncomplete(work, object) : endPeriod(work, object);
    default:
      throw new Error(`${object.id} has nothing due`);
  }
}

/** Ends an open session: its page takes no more payments. */
export function expireSession(work: Work, session: CheckoutSession | SetupSession) {
  if (!sells(session)) return expireSetup(work, session);
  const intent = work.find("payment_intent", checkoutOf(work, session).attempt?.paymentIntent ?? null);
  if (intent && intent.status !== "succeeded") {
    work.tell("payment_intent.canceled", {
      ...intent,
      canceled_at: work.now,
      cancellation_reason: "abandoned",
      next_action: null,
      status: "canceled",
    });
  }
  return work.tell("checkout.session.expired", { ...session, status: "expired", url: null });
}
