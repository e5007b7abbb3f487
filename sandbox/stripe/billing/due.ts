import type { Clock } from "@/lib/clock.ts";
import type { CheckoutSession } from "../objects/checkout-session.ts";
import { unixSeconds } from "../state/state.ts";
import { onItsOwn, type Store } from "../state/store.ts";
import type { Work } from "../state/work.ts";
import { checkoutOf } from "./checkout-payment.ts";
import { refundCame } from "./refunds.ts";

/** Does what the clock has brought due: sessions run out, refunds announced for later come. */
export function bringUpToDate({ state, run }: Store, clock: Clock): void {
  const now = unixSeconds(clock.now());
  const over = state
    .all("checkout.session")
    .filter((session) => session.status === "open" && session.expires_at <= now);
  for (const session of over) run(onItsOwn, (work) => expireSession(work, session));
  for (const refund of state.all("refund")) {
    const { later } = state.aside(refund.id);
    if (later && later.at <= now) run(onItsOwn, (work) => refundCame(work, refund, later.status));
  }
}

/** Ends an open session: its page takes no more payments. */
export function expireSession(work: Work, session: CheckoutSession): CheckoutSession {
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
