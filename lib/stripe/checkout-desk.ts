import type Stripe from "stripe";
import { moneyOf } from "@/lib/billing/money.ts";
import type { CardAsked, CheckoutDesk, CheckoutOrder, Visit } from "@/lib/billing/ports.ts";
import { ask, askOrNothing } from "./client.ts";
import { pricedLine } from "./priced-line.ts";

/**
 * Works with a restricted key that can create, read and expire Checkout Sessions. With `worksOutTax` the vendor works out the tax
 * within each price; what there is to pay is the same.
 */
export function stripeCheckoutDesk(stripe: Stripe, worksOutTax = false): CheckoutDesk {
  return {
    async open(order) {
      const session = await ask("checkout.sessions.create", () =>
        stripe.checkout.sessions.create(
          {
            mode: "subscription",
            client_reference_id: order.orderId,
            ...payerOf(order),
            line_items: order.lines.map((line) => ({
              quantity: 1,
              price_data: { ...pricedLine(line, order.tax), recurring: { interval: order.period } },
            })),
            // Not said where it is not wanted: what an earlier release asked is asked again with the very same words.
            ...(worksOutTax && order.tax === "inclusive" ? taxed(order) : {}),
            // Session metadata is not copied to the subscription.
            metadata: { orderId: order.orderId, checkoutId: order.checkoutId, ...purposeOf(order) },
            subscription_data: { metadata: { orderId: order.orderId, ...purposeOf(order) } },
            // The operator's own codes, made at the vendor's; with none, what is typed there finds nothing.
            allow_promotion_codes: true,
            success_url: order.successUrl,
            cancel_url: order.cancelUrl,
            expires_at: Math.floor(order.expiresAt.getTime() / 1000),
          },
          { idempotencyKey: `checkout-${order.checkoutId}` },
        ),
      );
      if (!session.url) throw new Error(`Session ${session.id} came without an address`);
      return { sessionId: session.id, url: session.url };
    },
    look: (sessionId) => lookAtVisit(stripe, sessionId),
    async cardPage(customer, backUrl) {
      const after = { type: "redirect", redirect: { return_url: backUrl } } as const;
      const session = await ask("billingPortal.sessions.create", () =>
        stripe.billingPortal.sessions.create({
          customer,
          return_url: backUrl,
          flow_data: { type: "payment_method_update", after_completion: after },
        }),
      );
      return session.url;
    },
    openCard: (asked) => openCard(stripe, asked),
    async close(sessionId) {
      const visit = await lookAtVisit(stripe, sessionId);
      if (visit?.state === "open")
        await ask("checkout.sessions.expire", () => stripe.checkout.sessions.expire(sessionId));
    },
  };
}

const payerOf = ({ returning, email }: CheckoutOrder) =>
  returning ? { customer: returning.customerId } : { customer_email: email };

/** A first visit says nothing, as it never did. */
const purposeOf = ({ returning }: CheckoutOrder): Record<string, string> => (returning ? { purpose: "return" } : {});

/** Where a customer is that the vendor knows already, it asks on its page. */
const taxed = ({ returning }: CheckoutOrder) => ({
  automatic_tax: { enabled: true },
  ...(returning ? { customer_update: { address: "auto" as const } } : {}),
});

/** A session that keeps a card: it needs no more power than one that sells. */
async function openCard(stripe: Stripe, asked: CardAsked) {
  const session = await ask("checkout.sessions.create", () =>
    stripe.checkout.sessions.create(
      {
        mode: "setup",
        customer: asked.customerId,
        client_reference_id: asked.orderId,
        // What a refused bill is tried with by itself must be a card.
        allowed_payment_method_types: ["card"],
        custom_text: { submit: { message: asked.words } },
        metadata: { orderId: asked.orderId, payer: asked.changeId },
        success_url: asked.successUrl,
        cancel_url: asked.cancelUrl,
        expires_at: Math.floor(asked.expiresAt.getTime() / 1000),
      },
      { idempotencyKey: `card-${asked.pageId}` },
    ),
  );
  if (!session.url) throw new Error(`Session ${session.id} came without an address`);
  return { sessionId: session.id, url: session.url };
}

/** Whether anything is paid there; a session that only keeps a card is no visit of a buyer. */
export const sells = ({ mode }: Stripe.Checkout.Session): boolean => mode !== "setup";

export async function lookAtVisit(stripe: Stripe, sessionId: string): Promise<Visit | undefined> {
  const session = await askOrNothing("checkout.sessions.retrieve", () => stripe.checkout.sessions.retrieve(sessionId));
  return session && visitOf(session);
}

export function visitOf(session: Stripe.Checkout.Session): Visit {
  // Complete without money seen is not paid: some ways of paying arrive days later.
  const paid = session.status === "complete" && session.payment_status !== "unpaid";
  return {
    sessionId: session.id,
    state: paid ? "paid" : session.status === "expired" ? "expired" : "open",
    checkoutId: session.metadata?.["checkoutId"] ?? null,
    orderId: session.client_reference_id,
    purpose: session.metadata?.["purpose"] === "return" ? "return" : "first",
    total: moneyOf(session.amount_total ?? 0, (session.currency ?? "").toUpperCase()),
    // Tax is within our sums, so the subtotal is all of them.
    full: moneyOf(session.amount_subtotal ?? 0, (session.currency ?? "").toUpperCase()),
    customerId: idOf(session.customer),
    subscriptionId: idOf(session.subscription),
    email: session.customer_details?.email ?? session.customer_email,
    begunAt: new Date(session.created * 1000),
  };
}

export const idOf = (ref: string | { id: string } | null | undefined): string | null =>
  typeof ref === "string" ? ref : (ref?.id ?? null);
