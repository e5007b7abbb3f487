import type Stripe from "stripe";
import type { Checked } from "./test-checked.ts";
import { submit } from "./test-kit.ts";

/** A family's life with its bill, as the tests of this folder begin it. */
export const day = 86_400;

type Line = Stripe.Checkout.SessionCreateParams.LineItem;
interface Recurring {
  readonly interval?: "month" | "year";
  readonly currency?: string;
  readonly quantity?: number;
}
export const monthly = (
  name: string,
  minor: number,
  { interval = "month", currency = "gbp", quantity = 1 }: Recurring = {},
): Line => ({
  quantity,
  price_data: {
    currency,
    unit_amount: minor,
    tax_behavior: "inclusive",
    recurring: { interval },
    product_data: { name },
  },
});

interface Given {
  readonly customer?: string;
  readonly card?: string;
  readonly country?: string;
  readonly items?: Line[];
  readonly more?: Partial<Stripe.Checkout.SessionCreateParams>;
}

/** A customer on a test clock of its own, which begins on 1 April 2027: a month of thirty days. */
export const april = Date.UTC(2027, 3, 1) / 1000;
export async function onClock(stripe: Checked, given: Given = {}, begin = april) {
  const clock = await stripe.sdk.testHelpers.testClocks.create({ frozen_time: begin });
  const customer = await stripe.sdk.customers.create({
    email: "anna@example.org",
    test_clock: clock.id,
    ...(given.country ? { address: { country: given.country } } : {}),
  });
  const bought = await subscribed(stripe, { ...given, customer: customer.id });
  const until = async (to: number) => {
    await stripe.sdk.testHelpers.testClocks.advance(clock.id, { frozen_time: to });
    await stripe.sdk.testHelpers.testClocks.retrieve(clock.id);
  };
  return { ...bought, clock: clock.id, until };
}

export const amounts = (invoice: Stripe.Invoice | undefined) => invoice?.lines.data.map(({ amount }) => amount);

/** Buys a home for £5.00 and a name for £1.25 a month, or what is given, as the payer's browser does. */
export async function subscribed(stripe: Checked, given: Given = {}) {
  const session = await stripe.sdk.checkout.sessions.create({
    mode: "subscription",
    success_url: "http://shop.example/paid",
    line_items: given.items ?? [monthly("A home", 500), monthly("The name", 125)],
    ...(given.customer ? { customer: given.customer } : {}),
    ...given.more,
  });
  const country = given.country ? { country: given.country } : {};
  const answer = await submit(stripe, session.id, given.card ?? "4242424242424242", country);
  if (answer.status !== 303) throw new Error(`not paid: ${answer.status}`);
  const paid = await stripe.sdk.checkout.sessions.retrieve(session.id);
  const subscription = await stripe.sdk.subscriptions.retrieve(String(paid.subscription));
  return { session: paid, subscription, customer: String(paid.customer), invoice: String(paid.invoice) };
}
