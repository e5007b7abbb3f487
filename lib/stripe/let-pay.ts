import type Stripe from "stripe";
import type { PayerOnFile } from "@/lib/billing/ledger.ts";
import type { CardGiven, NextPayer } from "@/lib/billing/ports.ts";
import { idOf } from "./checkout-desk.ts";
import { ask, askOrNothing } from "./client.ts";
import { cardLabel } from "./ledger-money.ts";
import { dateOf, hasEnded } from "./ledger-nouns.ts";

const page = { limit: 100 } as const;

/** Who took over a customer's bill, in the words that `letPay` left there. */
export function payerOf({ metadata, created }: Stripe.Customer): PayerOnFile | null {
  const { payer, payerName = "", payerSince } = metadata;
  return payer ? { changeId: payer, name: payerName, since: dateOf(Number(payerSince ?? created)) } : null;
}

/** By the customer's own list, so that it is found whatever was lost on our side. */
const sessionsFor = async (stripe: Stripe, customer: string, changeId: string): Promise<Stripe.Checkout.Session[]> => {
  const list = await ask("checkout.sessions.list", () =>
    stripe.checkout.sessions.list({ customer, expand: ["data.setup_intent"], ...page }),
  );
  return list.data.filter(({ mode, metadata }) => mode === "setup" && metadata?.["payer"] === changeId);
};

const cardIdIn = ({ setup_intent: intent }: Stripe.Checkout.Session): string | null =>
  typeof intent === "object" ? idOf(intent?.payment_method) : null;

/** The newest, should they have given two. */
export async function givenCard(stripe: Stripe, customer: string, changeId: string): Promise<CardGiven | undefined> {
  const sessions = await sessionsFor(stripe, customer, changeId);
  const session = sessions.find((one) => one.status === "complete" && cardIdIn(one));
  const cardId = session && cardIdIn(session);
  if (!cardId) return undefined;
  const { card, billing_details: whose } = await ask("paymentMethods.retrieve", () =>
    stripe.paymentMethods.retrieve(cardId),
  );
  return { cardId, label: cardLabel(card?.brand, card?.last4), name: whose.name, at: dateOf(session.created) };
}

/** Each step may be done again. The mark is the last: as long as it is missing, all of them are. */
export async function letPay(stripe: Stripe, payer: NextPayer): Promise<"done" | "later" | "over"> {
  const { customerId, subscriptionId, changeId, card, name, email } = payer;
  const subscription = await askOrNothing("subscriptions.retrieve", () =>
    stripe.subscriptions.retrieve(subscriptionId),
  );
  if (!subscription || hasEnded(subscription)) return "over";
  const customer = await ask("customers.retrieve", () => stripe.customers.retrieve(customerId));
  const now = customer.deleted ? null : payerOf(customer);
  if (now?.changeId === changeId) return "done";
  if (now && now.since > card.at) return "later";
  await ask("subscriptions.update", () =>
    stripe.subscriptions.update(subscriptionId, { default_payment_method: card.cardId, proration_behavior: "none" }),
  );
  const invoice_settings = { default_payment_method: card.cardId };
  await ask("customers.update", () => stripe.customers.update(customerId, { email, name, invoice_settings }));
  await keepOnly(stripe, customerId, card.cardId);
  const payerSince = String(Math.floor(card.at.getTime() / 1000));
  const metadata = { payer: changeId, payerName: name, payerSince };
  await ask("customers.update", () => stripe.customers.update(customerId, { metadata }));
  return "done";
}

/** Whoever paid before pays nothing any more. */
async function keepOnly(stripe: Stripe, customer: string, cardId: string): Promise<void> {
  const cards = await ask("paymentMethods.list", () => stripe.paymentMethods.list({ customer, type: "card", ...page }));
  for (const { id } of cards.data) if (id !== cardId) await detach(stripe, id);
}

export async function letGo(stripe: Stripe, customerId: string, changeId: string): Promise<"gone" | "pays"> {
  const customer = await ask("customers.retrieve", () => stripe.customers.retrieve(customerId));
  if (!customer.deleted && payerOf(customer)?.changeId === changeId) return "pays";
  for (const session of await sessionsFor(stripe, customerId, changeId)) {
    // One that is used in this very moment is seen by the next look.
    if (session.status === "open")
      await ask("checkout.sessions.expire", () => stripe.checkout.sessions.expire(session.id));
    const cardId = cardIdIn(session);
    if (cardId) await detach(stripe, cardId);
  }
  return "gone";
}

/** One that was forgotten already is refused, and its owner is asked instead. */
async function detach(stripe: Stripe, cardId: string): Promise<void> {
  const { customer } = await ask("paymentMethods.retrieve", () => stripe.paymentMethods.retrieve(cardId));
  if (customer) await ask("paymentMethods.detach", () => stripe.paymentMethods.detach(cardId));
}
