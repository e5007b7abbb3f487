import type { CheckoutSession } from "../objects/checkout-session.ts";
import { newPaymentIntent, type PaymentIntent } from "../objects/payment-intent.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { Attempt, CheckoutAside, Typed } from "../state/asides.ts";
import type { Work } from "../state/work.ts";
import { type Moment, mustAsk, type Refusal, refusalAt } from "./cards.ts";
import { billingOf } from "./change-card.ts";
import { chargeCard, failedIntent } from "./charge-card.ts";
import { completeCheckout, payerOf } from "./complete-checkout.ts";
import { type GivenCard, makeMethod } from "./payment-methods.ts";
import { settled } from "./priced.ts";
import { refusalWords } from "./refusal-words.ts";

/** What came of pressing the button. */
export type Pressed =
  | { readonly state: "paid"; readonly session: CheckoutSession }
  | { readonly state: "bank-asks" }
  | { readonly state: "refused"; readonly refusal: Refusal };

/** The payer presses the button of an open session. Everything that follows is one unit of work. */
export function pay(
  work: Work,
  session: CheckoutSession,
  typed: Typed,
  termsAccepted: boolean,
  card: GivenCard,
): Pressed {
  const method = keepCard(work, typed, card);
  const moment: Moment = { onSession: true, authenticated: false };
  if (dueOf(work, session) === 0) {
    const payer = payerOf(work, session, typed, method);
    return { state: "paid", session: completeCheckout(work, session, { ...payer, typed, termsAccepted, paid: null }) };
  }
  if (mustAsk(card.behaviour, moment)) return askBank(work, session, method, typed, termsAccepted);
  return settle(work, session, method, typed, termsAccepted, moment);
}

/** The bank's answer after it asked its customer. */
export function bankAnswered(work: Work, session: CheckoutSession, attempt: Attempt, yes: boolean): Pressed {
  const { typed, termsAccepted } = attempt;
  const method = work.need("payment_method", attempt.paymentMethod ?? "");
  if (yes) return settle(work, session, method, typed, termsAccepted, { onSession: true, authenticated: true });
  const refusal = "authentication_failed";
  const failed = failedIntent(work.need("payment_intent", attempt.paymentIntent), method, refusal, null);
  work.tell("payment_intent.payment_failed", failed);
  remember(work, session, { ...attempt, paymentMethod: null, refused: refusalWords[refusal].message });
  return { state: "refused", refusal };
}

function keepCard(work: Work, typed: Typed, card: GivenCard): PaymentMethod {
  return makeMethod(work, card, billingOf(typed));
}

function askBank(
  work: Work,
  session: CheckoutSession,
  method: PaymentMethod,
  typed: Typed,
  termsAccepted: boolean,
): Pressed {
  const intent = intentOf(work, session, session.customer);
  const url = `${work.publicUrl}/c/pay/${session.id}/confirm`;
  work.tell("payment_intent.requires_action", {
    ...intent,
    last_payment_error: null,
    next_action: { type: "redirect_to_url", redirect_to_url: { return_url: null, url } },
    payment_method: method.id,
    status: "requires_action",
  });
  remember(work, session, { paymentIntent: intent.id, paymentMethod: method.id, typed, termsAccepted, refused: null });
  return { state: "bank-asks" };
}

/** Charges, and on success makes everything that Stripe makes once a subscription is paid for. */
function settle(
  work: Work,
  session: CheckoutSession,
  method: PaymentMethod,
  typed: Typed,
  termsAccepted: boolean,
  moment: Moment,
): Pressed {
  const refusal = refusalAt(work.aside(method.id).behaviour ?? {}, moment);
  if (refusal !== undefined) {
    const { intent } = chargeCard(work, intentOf(work, session, session.customer), method, moment);
    const refused = refusalWords[refusal].message;
    remember(work, session, { paymentIntent: intent.id, paymentMethod: null, typed, termsAccepted, refused });
    return { state: "refused", refusal };
  }
  const payer = payerOf(work, session, typed, method);
  const paid = chargeCard(work, intentOf(work, session, payer.customer.id), payer.method, moment);
  return { state: "paid", session: completeCheckout(work, session, { ...payer, typed, termsAccepted, paid }) };
}

/** A session has one intent, made at the first try and used again at the next. */
function intentOf(work: Work, session: CheckoutSession, customer: string | null): PaymentIntent {
  const before = work.find("payment_intent", checkoutOf(work, session).attempt?.paymentIntent ?? null);
  // A code typed after the first try changes the sum.
  const amount = dueOf(work, session);
  if (before) return { ...before, customer, amount };
  const intent = newPaymentIntent(work.born("pi"), {
    amount,
    currency: session.currency,
    customer,
    description: "Subscription creation",
    secret: work.secret(),
  });
  return work.tell("payment_intent.created", intent);
}

/** What a customer whom the vendor knows has in credit, or owes, is settled with the first invoice, as with any other. */
function dueOf(work: Work, { amount_total: total, customer, currency }: CheckoutSession): number {
  return settled(total, work.find("customer", customer)?.balance ?? 0, currency).amount_due;
}

export function checkoutOf(work: Work, session: CheckoutSession): CheckoutAside {
  const { checkout } = work.aside(session.id);
  if (!checkout) throw new Error(`${session.id} has no lines`);
  return checkout;
}

function remember(work: Work, session: CheckoutSession, attempt: Attempt): void {
  work.keep("checkout.session.attempted", session, { checkout: { ...checkoutOf(work, session), attempt } });
}
