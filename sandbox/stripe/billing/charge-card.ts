import { cardDetails, type ThreeDSecure } from "../objects/card-details.ts";
import { type Charge, newCharge } from "../objects/charge.ts";
import type { PaymentIntent } from "../objects/payment-intent.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { Work } from "../state/work.ts";
import { book, chargeFee } from "./balance.ts";
import { type Moment, type Refusal, refusalAt } from "./cards.ts";
import { outcomeOf, paymentError, refusalWords } from "./refusal-words.ts";

export interface Charged {
  readonly intent: PaymentIntent;
  readonly charge: Charge;
  readonly refusal: Refusal | undefined;
}

/** Charges the card once for the whole intent. Leaves a charge and the changed intent behind, however it goes. */
export function chargeCard(work: Work, intent: PaymentIntent, method: PaymentMethod, moment: Moment): Charged {
  const behaviour = work.aside(method.id).behaviour ?? {};
  const refusal = hasExpired(method, work.now) ? "expired_card" : refusalAt(behaviour, moment);
  const words = refusal && refusalWords[refusal];
  const born = work.born("ch");
  const booked = refusal === undefined ? booking(work, born.id, intent) : null;
  const charge = newCharge(born, {
    amount: intent.amount,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    billing: method.billing_details,
    paymentIntent: intent.id,
    paymentMethod: method.id,
    card: cardDetails(method, intent.amount, moment.authenticated ? authenticated(work) : null, refusal ?? null),
    outcome: outcomeOf(behaviour, refusal),
    failure: words ? { code: words.code, message: words.message } : null,
    receiptUrl: null,
    balanceTransaction: booked,
  });
  if (refusal !== undefined) return { ...refuse(work, intent, method, charge, refusal), refusal };
  work.tell("charge.succeeded", charge);
  const paid: PaymentIntent = {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: "succeeded",
  };
  return { intent: work.tell("payment_intent.succeeded", paid), charge, refusal };
}

/** A card is good until the end of its month. */
const hasExpired = ({ card }: PaymentMethod, now: number): boolean =>
  Date.UTC(card.exp_year, card.exp_month) / 1000 <= now;

const booking = (work: Work, source: string, { amount, currency, description }: PaymentIntent): string =>
  book(work, {
    type: "charge",
    category: "charge",
    amount,
    fee: chargeFee(amount, currency),
    currency,
    source,
    description,
  }).id;

function refuse(work: Work, intent: PaymentIntent, method: PaymentMethod, charge: Charge, refusal: Refusal) {
  work.tell("charge.failed", charge);
  const failed = failedIntent(intent, method, refusal, charge);
  return { intent: work.tell("payment_intent.payment_failed", failed), charge };
}

/** The intent after a try that did not work: it waits for another card. */
export const failedIntent = (
  intent: PaymentIntent,
  method: PaymentMethod,
  refusal: Refusal,
  charge: Charge | null,
): PaymentIntent => ({
  ...intent,
  last_payment_error: { ...paymentError(refusal, charge?.id ?? null), payment_method: method },
  latest_charge: charge?.id ?? intent.latest_charge,
  next_action: null,
  payment_method: null,
  status: "requires_payment_method",
});

const authenticated = (work: Work): ThreeDSecure => ({
  authentication_flow: "challenge",
  // 05: fully authenticated by Visa, which is what a challenge that was passed gives.
  electronic_commerce_indicator: "05",
  exemption_indicator: null,
  result: "authenticated",
  result_reason: null,
  transaction_id: work.id("ds"),
  version: "2.2.0",
});
