import type { SetupSession } from "../objects/checkout-session.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { Typed } from "../state/asides.ts";
import type { Work } from "../state/work.ts";
import { mustAsk, type Refusal, refusalAt } from "./cards.ts";
import { billingOf } from "./change-card.ts";
import { attach, type GivenCard, makeMethod } from "./payment-methods.ts";

/** What came of giving a card. */
export type Given =
  | { readonly state: "given"; readonly session: SetupSession }
  | { readonly state: "bank-asks" }
  | { readonly state: "refused"; readonly refusal: Refusal };

/** A card is kept for its customer, and is nobody's default: that is for whoever opened the session to say. */
export function giveCard(work: Work, session: SetupSession, typed: Typed, card: GivenCard): Given {
  const method = makeMethod(work, card, billingOf(typed));
  const moment = { onSession: true, authenticated: false };
  if (mustAsk(card.behaviour, moment)) {
    work.keep("checkout.session.asked", session, { waitingCard: method.id });
    return { state: "bank-asks" };
  }
  const refusal = refusalAt(card.behaviour, moment);
  return refusal === undefined ? keepCard(work, session, method) : { state: "refused", refusal };
}

/** The bank's answer after it asked its customer. */
export function givenCardConfirmed(work: Work, session: SetupSession, method: PaymentMethod, yes: boolean): Given {
  work.keep("checkout.session.asked", session, { waitingCard: null });
  if (!yes) return { state: "refused", refusal: "authentication_failed" };
  const refusal = refusalAt(work.aside(method.id).behaviour ?? {}, { onSession: true, authenticated: true });
  return refusal === undefined ? keepCard(work, session, method) : { state: "refused", refusal };
}

function keepCard(work: Work, session: SetupSession, method: PaymentMethod): Given {
  const { id } = attach(work, method, session.customer ?? "");
  const intent = work.need("setup_intent", session.setup_intent);
  work.tell("setup_intent.succeeded", { ...intent, payment_method: id, status: "succeeded" });
  const { email, name } = method.billing_details;
  const whose = { business_name: null, individual_name: null, phone: null, tax_exempt: "none" } as const;
  const complete: SetupSession = {
    ...session,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    customer_details: { ...whose, address: null, email, name, tax_ids: [] },
    status: "complete",
    url: null,
  };
  return { state: "given", session: work.tell("checkout.session.completed", complete) };
}

/** Ends an open session: its page takes no card any more. */
export function expireSetup(work: Work, session: SetupSession): SetupSession {
  const intent = work.need("setup_intent", session.setup_intent);
  work.tell("setup_intent.canceled", { ...intent, cancellation_reason: "abandoned", status: "canceled" });
  return work.tell("checkout.session.expired", { ...session, status: "expired", url: null });
}
