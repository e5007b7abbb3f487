import type { CheckoutSession } from "../objects/checkout-session.ts";
import { type Customer, newCustomer } from "../objects/customer.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import { newSubscription, newSubscriptionItem, type Subscription } from "../objects/subscription.ts";
import type { CheckoutAside, Typed } from "../state/asides.ts";
import type { Work } from "../state/work.ts";
import type { Charged } from "./charge-card.ts";
import { summed } from "./checkout-totals.ts";
import { redeem } from "./coupons.ts";
import { afterCharge } from "./disputes.ts";
import { draftInvoice, finalizeInvoice, markPaid } from "./invoices.ts";
import { afterIntervals } from "./period.ts";
import { oneTimeLine, recurringLine } from "./subscription-lines.ts";

export interface Payer {
  readonly customer: Customer;
  readonly method: PaymentMethod;
}

/** The session's customer, made now where it has none, with the card attached. */
export function payerOf(work: Work, session: CheckoutSession, typed: Typed, method: PaymentMethod): Payer {
  const known = work.find("customer", session.customer);
  const before =
    known ?? work.tell("customer.created", newCustomer(work.born("cus"), { email: typed.email, name: typed.name }));
  const keepsAddress = known && !work.aside(session.id).checkout?.takesAddress;
  const attached = work.tell("payment_method.attached", { ...method, customer: before.id });
  const change = {
    currency: session.currency,
    ...(keepsAddress ? {} : { address: method.billing_details.address }),
  };
  const previous = { currency: before.currency, ...(keepsAddress ? {} : { address: before.address }) };
  const customer = work.tell("customer.updated", { ...before, ...change }, { previous });
  return { customer, method: attached };
}

interface Settled extends Payer {
  readonly typed: Typed;
  readonly termsAccepted: boolean;
  /** Null when there was nothing to pay. */
  readonly paid: Charged | null;
}

/** Subscription, first invoice and the completed session, in the order in which Stripe tells of them. */
export function completeCheckout(work: Work, session: CheckoutSession, settled: Settled): CheckoutSession {
  const { checkout } = work.aside(session.id);
  if (!checkout) throw new Error(`${session.id} has no lines`);
  const invoiceId = work.id("in");
  const subscription = subscribe(work, session, checkout, settled, invoiceId);
  const recurring = subscription.items.data.map((item) => recurringLine(work, invoiceId, item));
  const once = checkout.lines
    .filter(({ price }) => price.recurring === null)
    .map(({ price, quantity }) => oneTimeLine(work, invoiceId, price, quantity, subscription.id));
  const draft = draftInvoice(work, {
    id: invoiceId,
    currency: subscription.currency,
    subscription,
    customer: settled.customer,
    reason: "subscription_create",
    lines: [...recurring, ...once],
    period: { start: work.now, end: work.now },
    finalizesAt: null,
    automaticTax: subscription.automatic_tax.enabled,
  });
  // Stripe finalises the first invoice of a subscription at once.
  markPaid(work, finalizeInvoice(work, draft), settled.paid?.intent ?? null);
  const country = settled.customer.address?.country ?? null;
  const whole = summed(work, session, checkout.lines, session.discounts, country);
  const complete = work.tell("checkout.session.completed", completed(whole.session, settled, subscription, invoiceId), {
    aside: { checkout: { ...checkout, lines: whole.lines } },
  });
  if (settled.paid) afterCharge(work, settled.paid.charge, settled.method);
  return complete;
}

function subscribe(
  work: Work,
  session: CheckoutSession,
  checkout: CheckoutAside,
  settled: Settled,
  invoice: string,
): Subscription {
  const born = work.born("sub");
  const items = checkout.lines.flatMap(({ price, quantity }) => {
    if (price.recurring === null) return [];
    const period = { start: work.now, end: afterIntervals(work.now, price.recurring, 1) };
    const given = { subscription: born.id, price, recurring: price.recurring, quantity, period };
    return [newSubscriptionItem(work.born("si"), given)];
  });
  const holder = { customer: settled.customer.id, subscription: born.id, checkoutSession: session.id };
  const discounts = session.discounts.flatMap(({ coupon: name, promotion_code }) => {
    const coupon = work.find("coupon", name);
    const code = work.find("promotion_code", promotion_code) ?? null;
    return coupon ? [redeem(work, { coupon, code }, holder).id] : [];
  });
  return work.tell(
    "customer.subscription.created",
    newSubscription(born, {
      currency: session.currency,
      customer: settled.customer.id,
      paymentMethod: settled.method.id,
      items,
      latestInvoice: invoice,
      metadata: checkout.subscription.metadata,
      description: checkout.subscription.description,
      automaticTax: session.automatic_tax.enabled,
      discounts,
      testClock: settled.customer.test_clock,
    }),
  );
}

function completed(
  session: CheckoutSession,
  settled: Settled,
  subscription: Subscription,
  invoice: string,
): CheckoutSession {
  const { customer, method, typed, termsAccepted, paid } = settled;
  return {
    ...session,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: session.consent_collection && { promotions: null, terms_of_service: termsAccepted ? "accepted" : null },
    customer: customer.id,
    customer_details: {
      address: method.billing_details.address,
      business_name: null,
      email: typed.email,
      individual_name: null,
      name: typed.name,
      phone: null,
      tax_exempt: "none",
      tax_ids: [],
    },
    invoice,
    payment_status: paid ? "paid" : "no_payment_required",
    status: "complete",
    subscription: subscription.id,
    url: null,
  };
}
