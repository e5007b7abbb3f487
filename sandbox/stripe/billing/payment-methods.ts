import { type CardFacts, newPaymentMethod, type PaymentMethod } from "../objects/payment-method.ts";
import type { BillingDetails } from "../objects/shared.ts";
import { cardRefused, invalid } from "../protocol/errors.ts";
import { hasEnded } from "../state/agenda.ts";
import type { Work } from "../state/work.ts";
import { type Behaviour, behaviourOf, factsOf } from "./cards.ts";
import { paymentError } from "./refusal-words.ts";

export interface GivenCard {
  readonly facts: CardFacts;
  readonly behaviour: Behaviour;
}

interface Numbered {
  readonly number: string;
  readonly month: number;
  readonly year: number;
}

/** What is kept of a card that was typed, and how it behaves. */
export const cardOf = (work: Work, { number, month, year }: Numbered): GivenCard => ({
  facts: factsOf(number, month, year, work.fingerprintKey),
  behaviour: behaviourOf(number),
});

/** A payment method that belongs to nobody yet. */
export function makeMethod(work: Work, { facts, behaviour }: GivenCard, billing: BillingDetails): PaymentMethod {
  const method = newPaymentMethod(work.born("pm"), facts, billing, "pass");
  return work.keep("payment_method.created", method, { behaviour });
}

/** Stripe asks the bank when a card is kept: one that is always refused cannot be. */
export function attach(work: Work, method: PaymentMethod, customer: string): PaymentMethod {
  if (method.customer === customer) return method;
  if (method.customer !== null)
    throw invalid("The payment method you provided has already been attached to a customer.", {
      param: "payment_method",
    });
  const { refuses, asks } = work.aside(method.id).behaviour ?? {};
  if (refuses !== undefined && asks === undefined) throw cardRefused(paymentError(refuses, null), {});
  return work.tell("payment_method.attached", { ...method, customer });
}

/** The card belongs to nobody from now on, and is nobody's default. */
export function detach(work: Work, method: PaymentMethod): PaymentMethod {
  const { customer: id } = method;
  if (id === null)
    throw invalid("The payment method you provided is not attached to a customer so detachment is impossible.");
  const customer = work.need("customer", id);
  if (customer.invoice_settings.default_payment_method === method.id) setDefault(work, id, null);
  for (const one of work.all("subscription")) {
    if (one.default_payment_method !== method.id || hasEnded(one)) continue;
    const previous = { default_payment_method: method.id };
    work.tell("customer.subscription.updated", { ...one, default_payment_method: null }, { previous });
  }
  return work.tell("payment_method.detached", { ...method, customer: null }, { previous: { customer: id } });
}

export function setDefault(work: Work, id: string, method: string | null): void {
  const customer = work.need("customer", id);
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: method };
  const previous = { invoice_settings: customer.invoice_settings };
  work.tell("customer.updated", { ...customer, invoice_settings }, { previous });
}

/** The card that pays for everything of a customer from now on, as the billing portal makes it. */
export function makeDefault(work: Work, customer: string, method: string): void {
  setDefault(work, customer, method);
  for (const one of work.all("subscription")) {
    if (one.customer !== customer || hasEnded(one) || one.default_payment_method === method) continue;
    const previous = { default_payment_method: one.default_payment_method };
    work.tell("customer.subscription.updated", { ...one, default_payment_method: method }, { previous });
  }
}
