import { createHmac } from "node:crypto";
import type { CardFacts } from "../objects/payment-method.ts";

/** Why a bank, or Stripe itself, says no. `code` and `decline` as in Stripe's list of them. */
export type Refusal =
  | "authentication_failed"
  | "authentication_required"
  | "expired_card"
  | "fraudulent"
  | "generic_decline"
  | "incorrect_cvc"
  | "insufficient_funds"
  | "lost_card"
  | "processing_error"
  | "stolen_card"
  | "test_mode_live_card";

/** What a test card does. */
export interface Behaviour {
  /** The bank asks its customer to confirm: always, or only while nobody has agreed to later charges. */
  readonly asks?: "always" | "until-set-up";
  /** The answer to the first charge (after confirming, where the bank asks). */
  readonly refuses?: Refusal;
  /** The answer to every charge after the first. */
  readonly refusesLater?: Refusal;
  readonly risk?: "elevated" | "highest";
  readonly disputedAs?: "fraudulent" | "product_not_received" | "inquiry";
  /** The card's network warns of fraud. */
  readonly warned?: true;
  /** A refund that is settled, or fails, some time after it was made. */
  readonly refund?: "succeeds-later" | "fails-later";
}

interface TestCard extends Behaviour {
  readonly number: string;
  /** For the hints on the payment page. */
  readonly hint: string;
}

/** Stripe's test cards (docs.stripe.com/testing). */
export const testCards: readonly TestCard[] = [
  { number: "4242424242424242", hint: "is paid" },
  { number: "5555555555554444", hint: "is paid (Mastercard)" },
  { number: "378282246310005", hint: "is paid (American Express, four-digit security code)" },
  { number: "4000002500003155", hint: "asks the bank, then is paid", asks: "until-set-up" },
  { number: "4000002760003184", hint: "asks the bank every time", asks: "always" },
  {
    number: "4000008400001629",
    hint: "asks the bank, which then declines",
    asks: "always",
    refuses: "generic_decline",
  },
  {
    number: "4000008260003178",
    hint: "asks the bank, then not enough money",
    asks: "always",
    refuses: "insufficient_funds",
  },
  { number: "4000000000000002", hint: "is declined", refuses: "generic_decline" },
  { number: "4000000000009995", hint: "not enough money", refuses: "insufficient_funds" },
  { number: "4000000000009987", hint: "reported lost", refuses: "lost_card" },
  { number: "4000000000009979", hint: "reported stolen", refuses: "stolen_card" },
  { number: "4000000000000069", hint: "has expired", refuses: "expired_card" },
  { number: "4000000000000127", hint: "wrong security code", refuses: "incorrect_cvc" },
  { number: "4000000000000119", hint: "the bank makes an error", refuses: "processing_error" },
  { number: "4100000000000019", hint: "blocked as fraud", refuses: "fraudulent", risk: "highest" },
  { number: "4000000000004954", hint: "blocked for its highest risk", refuses: "fraudulent", risk: "highest" },
  { number: "4000000000009235", hint: "is paid, at elevated risk", risk: "elevated" },
  { number: "4000000000000341", hint: "is paid now, refused at each renewal", refusesLater: "generic_decline" },
  { number: "4000000000000259", hint: "is paid, then disputed as fraud", disputedAs: "fraudulent" },
  { number: "4000000000002685", hint: "is paid, then disputed as not received", disputedAs: "product_not_received" },
  { number: "4000000000001976", hint: "is paid, then the bank inquires", disputedAs: "inquiry" },
  { number: "4000000000005423", hint: "is paid, then the network warns of fraud", warned: true },
  { number: "4000000000007726", hint: "a refund takes a while", refund: "succeeds-later" },
  { number: "4000000000005126", hint: "a refund fails after a while", refund: "fails-later" },
];

/** How the card with this number behaves. A real card's number is refused: no real card belongs here. */
export function behaviourOf(number: string): Behaviour {
  const card = testCards.find((one) => one.number === number);
  if (!card) return { refuses: "test_mode_live_card" };
  const { number: _number, hint: _hint, ...behaviour } = card;
  return behaviour;
}

/** Where in a card's life a charge is. */
export interface Moment {
  /** The payer is there and can be asked. */
  readonly onSession: boolean;
  /** The bank has just asked its customer, who said yes. */
  readonly authenticated: boolean;
}

/** Whether the bank wants to ask its customer before this charge. */
export const mustAsk = ({ asks }: Behaviour, { onSession, authenticated }: Moment): boolean =>
  asks !== undefined && onSession && !authenticated;

/** Why this charge will be refused; undefined when it goes well. */
export function refusalAt(behaviour: Behaviour, { onSession }: Moment): Refusal | undefined {
  if (onSession) return behaviour.refuses;
  return behaviour.asks === "always" ? "authentication_required" : behaviour.refusesLater;
}

/** The check digit that every card number ends in. */
export function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  // 12 to 19 digits is what ISO/IEC 7812 allows a payment card.
  return /^\d{12,19}$/.test(number) && sum % 10 === 0;
}

export const brandOf = (number: string): "amex" | "mastercard" | "unknown" | "visa" => {
  if (/^3[47]/.test(number)) return "amex";
  if (/^(5[1-5]|2[2-7])/.test(number)) return "mastercard";
  return number.startsWith("4") ? "visa" : "unknown";
};

export const cvcLength = (number: string): number => (brandOf(number) === "amex" ? 4 : 3);

/** What is kept of a card. `key` makes fingerprints that mean nothing outside this stand-in. */
export function factsOf(number: string, month: number, year: number, key: string): CardFacts {
  return {
    brand: brandOf(number),
    last4: number.slice(-4),
    // Stripe's fingerprints have 16 characters.
    fingerprint: createHmac("sha256", key).update(number).digest("base64url").replaceAll(/[-_]/g, "0").slice(0, 16),
    exp_month: month,
    exp_year: year,
    country: "GB",
    funding: "credit",
  };
}
