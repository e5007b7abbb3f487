import type { Outcome } from "../objects/charge.ts";
import type { PaymentError } from "../objects/payment-intent.ts";
import { docUrl } from "../protocol/errors.ts";
import type { Behaviour, Refusal } from "./cards.ts";

interface Words {
  readonly code: string;
  readonly decline?: string;
  readonly message: string;
  readonly advice: NonNullable<Outcome["advice_code"]>;
  /** The field of the payment page beside which it is said. */
  readonly field: "card" | "cvc" | "expiry";
}

const declined = "Your card was declined.";

/** Stripe's codes and words for each reason. */
export const refusalWords: Readonly<Record<Refusal, Words>> = {
  generic_decline: {
    code: "card_declined",
    decline: "generic_decline",
    message: declined,
    advice: "try_again_later",
    field: "card",
  },
  insufficient_funds: {
    code: "card_declined",
    decline: "insufficient_funds",
    message: "Your card has insufficient funds.",
    advice: "try_again_later",
    field: "card",
  },
  lost_card: {
    code: "card_declined",
    decline: "lost_card",
    message: declined,
    advice: "do_not_try_again",
    field: "card",
  },
  stolen_card: {
    code: "card_declined",
    decline: "stolen_card",
    message: declined,
    advice: "do_not_try_again",
    field: "card",
  },
  fraudulent: {
    code: "card_declined",
    decline: "fraudulent",
    message: declined,
    advice: "do_not_try_again",
    field: "card",
  },
  expired_card: {
    code: "expired_card",
    decline: "expired_card",
    message: "Your card has expired.",
    advice: "do_not_try_again",
    field: "expiry",
  },
  incorrect_cvc: {
    code: "incorrect_cvc",
    decline: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
    advice: "confirm_card_data",
    field: "cvc",
  },
  processing_error: {
    code: "processing_error",
    decline: "processing_error",
    message: "An error occurred while processing your card. Try again in a little bit.",
    advice: "try_again_later",
    field: "card",
  },
  test_mode_live_card: {
    code: "card_declined",
    decline: "test_mode_live_card",
    message:
      "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
    advice: "do_not_try_again",
    field: "card",
  },
  authentication_required: {
    code: "authentication_required",
    decline: "authentication_required",
    message: "Your card was declined. This transaction requires authentication.",
    advice: "try_again_later",
    field: "card",
  },
  authentication_failed: {
    code: "payment_intent_authentication_failure",
    message:
      "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    advice: "try_again_later",
    field: "card",
  },
};

export function paymentError(refusal: Refusal, charge: string | null): PaymentError {
  const words = refusalWords[refusal];
  return {
    type: words.decline ? "card_error" : "invalid_request_error",
    code: words.code,
    ...(words.decline ? { decline_code: words.decline, advice_code: words.advice } : {}),
    message: words.message,
    ...(words.field === "card" ? {} : { param: words.field === "cvc" ? "cvc" : "exp_month" }),
    doc_url: docUrl(words.code),
    ...(charge === null ? {} : { charge }),
  };
}

/** Scores in the middle of Radar's bands: normal below 65, elevated to 74, highest above. */
const riskScore = { normal: 24, elevated: 70, highest: 95 } as const;

/** How a charge went, in Radar's and the bank's words. */
export function outcomeOf(behaviour: Behaviour, refusal: Refusal | undefined): Outcome {
  const risk = behaviour.risk ?? "normal";
  const base = {
    network_advice_code: null,
    network_decline_code: null,
    risk_level: risk,
    risk_score: riskScore[risk],
  } as const;
  if (refusal === undefined) {
    return {
      ...base,
      advice_code: null,
      network_status: "approved_by_network",
      reason: null,
      seller_message: "Payment complete.",
      type: "authorized",
    };
  }
  const words = refusalWords[refusal];
  if (risk === "highest") {
    return {
      ...base,
      advice_code: null,
      network_status: "not_sent_to_network",
      reason: "highest_risk_level",
      seller_message: "Stripe blocked this payment as too risky.",
      type: "blocked",
    };
  }
  return {
    ...base,
    advice_code: words.advice,
    // 01 is the networks' "refer to card issuer".
    network_decline_code: "01",
    network_status: "declined_by_network",
    reason: words.decline ?? words.code,
    seller_message: "The bank did not return any further details with this decline.",
    type: "issuer_declined",
  };
}
