import type { PaymentMethod } from "../objects/payment-method.ts";
import type { PortalSession } from "../objects/portal-session.ts";
import { type BillingDetails, noAddress } from "../objects/shared.ts";
import type { Typed } from "../state/asides.ts";
import type { Work } from "../state/work.ts";
import { mustAsk, type Refusal, refusalAt } from "./cards.ts";
import { attach, type GivenCard, makeDefault, makeMethod } from "./payment-methods.ts";

export type Changed =
  | { readonly state: "changed" }
  | { readonly state: "bank-asks" }
  | { readonly state: "refused"; readonly refusal: Refusal };

export const billingOf = (typed: Typed): BillingDetails => ({
  address: { ...noAddress, country: typed.country, postal_code: typed.postcode || null },
  email: typed.email,
  name: typed.name,
  phone: null,
  tax_id: null,
});

/** The payer gives another card in the portal. The bank is asked about it as about a payment. */
export function changeCard(work: Work, session: PortalSession, typed: Typed, card: GivenCard): Changed {
  const method = makeMethod(work, card, billingOf(typed));
  const moment = { onSession: true, authenticated: false };
  if (mustAsk(card.behaviour, moment)) {
    work.keep("billing_portal.session.asked", session, { waitingCard: method.id });
    return { state: "bank-asks" };
  }
  const refusal = refusalAt(card.behaviour, moment);
  if (refusal !== undefined) return { state: "refused", refusal };
  return keepCard(work, session, method);
}

/** The bank's answer after it asked its customer. */
export function cardConfirmed(work: Work, session: PortalSession, method: PaymentMethod, yes: boolean): Changed {
  work.keep("billing_portal.session.asked", session, { waitingCard: null });
  if (!yes) return { state: "refused", refusal: "authentication_failed" };
  const refusal = refusalAt(work.aside(method.id).behaviour ?? {}, { onSession: true, authenticated: true });
  return refusal === undefined ? keepCard(work, session, method) : { state: "refused", refusal };
}

function keepCard(work: Work, session: PortalSession, method: PaymentMethod): Changed {
  attach(work, method, session.customer);
  makeDefault(work, session.customer, method.id);
  return { state: "changed" };
}
