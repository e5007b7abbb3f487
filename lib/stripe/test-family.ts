import type Stripe from "stripe";
import { moneyOf } from "@/lib/billing/money.ts";
import type { Period } from "@/lib/billing/read-price-book.ts";
import type { Clock } from "@/lib/clock.ts";
import { keys, type Running, submit } from "@/sandbox/stripe/test-kit.ts";
import { stripeCheckoutDesk } from "./checkout-desk.ts";
import { openStripe } from "./client.ts";

let visits = 0;

/** By the month £4.50 for a home and £1.75 for a name; by the year ten months of it, and all of the name's year. */
const sums = { month: { home: 450, name: 175 }, year: { home: 4500, name: 2100 } } as const;

/** Somebody who bought a home and a name, by the month where nothing else is said, on the stand-in's payment page, through our own desk. */
export async function stripeFamily(
  stripe: Running,
  clock: Clock,
  given: { orderId?: string; card?: string; period?: Period; name?: number } = {},
) {
  const sdk = openStripe(keys.full, stripe.at(""));
  const period = given.period ?? "month";
  const orderId = given.orderId ?? `ord_${++visits}`;
  const { sessionId } = await stripeCheckoutDesk(sdk).open({
    checkoutId: `vis_${orderId}_${++visits}`,
    orderId,
    email: "anna@example.org",
    period,
    tax: "inclusive",
    lines: [
      { what: "home", label: "Your home on Matrix", sum: moneyOf(sums[period].home, "GBP") },
      { what: "name", label: "The name smith.family", sum: moneyOf(given.name ?? sums[period].name, "GBP") },
    ],
    successUrl: "http://shop.example/start/watch",
    cancelUrl: "http://shop.example/start/pay",
    expiresAt: new Date(clock.now().getTime() + 3_600_000),
  });
  const answer = await submit(stripe, sessionId, given.card ?? "4242424242424242");
  if (answer.status !== 303) throw new Error(`Not paid: ${answer.status}`);
  const session = await sdk.checkout.sessions.retrieve(sessionId, { expand: ["subscription"] });
  const subscription = session.subscription as Stripe.Subscription;
  const customerId = String(session.customer);
  const charges = async (): Promise<Stripe.Charge[]> => (await sdk.charges.list({ customer: customerId })).data;
  return { sdk, orderId, customerId, subscriptionId: subscription.id, charges };
}
