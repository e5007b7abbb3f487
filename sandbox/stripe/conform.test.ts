import { join } from "node:path";
import Stripe from "stripe";
import { expect, test, vi } from "vitest";
import { findings, recordOf, specs } from "./test-checked.ts";
import {
  confirm,
  freshFolder,
  keys,
  movableClock,
  type Running,
  startEndpoint,
  startStripe,
  submit,
} from "./test-kit.ts";

test.skipIf(specs === undefined)(
  "recorded traffic agrees with the description of Stripe's API (needs VENDOR_SPECS to name the folder that has it)",
  async () => {
    const folder = freshFolder();
    const endpoint = await startEndpoint();
    const clock = movableClock();
    const stripe = await startStripe({ endpoint: endpoint.endpoint, recordFolder: folder, waits: [20] }, clock);
    await everyCall(stripe, (seconds) => clock.push(seconds));
    await vi.waitFor(async () => expect(await undelivered(stripe)).toBe(0), { timeout: 5000 });
    await stripe.close();
    await endpoint.close();
    const exchanges = [...recordOf(join(folder, "stripe.jsonl")), ...recordOf(join(folder, "stripe-webhook.jsonl"))];
    // More than this many requests and events come out of the calls below; fewer would mean that nothing was recorded.
    expect(exchanges.length).toBeGreaterThan(150);
    expect(await findings(exchanges)).toEqual([]);
  },
  30_000,
);

async function undelivered(stripe: Running): Promise<number> {
  const answer = await fetch(stripe.at("/_sandbox/webhooks"));
  const { deliveries } = (await answer.json()) as { deliveries: { delivered: boolean }[] };
  return deliveries.filter((one) => !one.delivered).length;
}

/** Calls everything the stand-in answers at least once, with each fate a payment can have. */
async function everyCall(stripe: Running, push: (seconds: number) => void): Promise<void> {
  const at = { host: "127.0.0.1", port: stripe.port, protocol: "http" as const, maxNetworkRetries: 0 };
  const sdk = new Stripe(keys.full, at);
  const web = new Stripe(keys.web, at);
  for (const card of [
    "4242424242424242",
    "5555555555554444",
    "4000000000000002",
    "4000000000000127",
    "4100000000000019",
    "4000000000000259",
    "4000000000001976",
    "4000000000007726",
    "4000000000005126",
    "4000000000000341",
  ]) {
    await submit(stripe, (await web.checkout.sessions.create(order)).id, card);
  }
  for (const answer of ["yes", "no"] as const) {
    const { id } = await web.checkout.sessions.create(order);
    await submit(stripe, id, "4000002760003184");
    await confirm(stripe, id, answer);
  }
  const customer = await sdk.customers.create({
    email: "ben@example.org",
    name: "Ben",
    address: { country: "GB" },
    metadata: { a: "1" },
  });
  await sdk.customers.update(customer.id, { metadata: { a: "" }, phone: "+441632960000" });
  const { id } = await web.checkout.sessions.create({ ...order, customer: customer.id, customer_email: undefined });
  await submit(stripe, id, "4242424242424242");
  await readEverything(sdk, web, id);
  await changeEverything(sdk, web, stripe, id, push);
  await failEverything(sdk);
}

const order: Stripe.Checkout.SessionCreateParams = {
  mode: "subscription",
  success_url: "http://shop.example/paid?session={CHECKOUT_SESSION_ID}",
  cancel_url: "http://shop.example/back",
  customer_email: "anna@example.org",
  client_reference_id: "ord_1",
  locale: "en-GB",
  submit_type: "subscribe",
  metadata: { order: "ord_1" },
  consent_collection: { terms_of_service: "none" },
  custom_text: { submit: { message: "You can stop at the end of any month." } },
  subscription_data: { metadata: { order: "ord_1" } },
  line_items: [
    {
      quantity: 1,
      price_data: {
        currency: "gbp",
        unit_amount: 500,
        tax_behavior: "inclusive",
        recurring: { interval: "month" },
        product_data: { name: "Your home" },
      },
    },
    {
      quantity: 2,
      price_data: { currency: "gbp", unit_amount: 125, product_data: { name: "Setting up", description: "once" } },
    },
  ],
};

async function readEverything(sdk: Stripe, web: Stripe, session: string): Promise<void> {
  const paid = await web.checkout.sessions.retrieve(session, { expand: ["line_items"] });
  const [customer, subscription, invoice] = [String(paid.customer), String(paid.subscription), String(paid.invoice)];
  await sdk.checkout.sessions.retrieve(session, {
    expand: ["subscription.latest_invoice", "invoice.payments", "customer", "line_items.data.price.product"],
  });
  await sdk.checkout.sessions.list({
    customer,
    status: "complete",
    created: { gte: 1 },
    expand: ["data.subscription"],
  });
  await sdk.checkout.sessions.listLineItems(session, { limit: 1 });
  await sdk.customers.retrieve(customer, { expand: ["subscriptions"] });
  await sdk.customers.list({ email: "ben@example.org" });
  const [method] = (await sdk.customers.listPaymentMethods(customer)).data;
  await sdk.paymentMethods.retrieve(String(method?.id), { expand: ["customer"] });
  await sdk.paymentMethods.list({ customer, type: "card" });
  const whole = await sdk.subscriptions.retrieve(subscription, {
    expand: ["default_payment_method", "latest_invoice.payments"],
  });
  await sdk.subscriptions.list({ customer, status: "active", expand: ["data.customer"] });
  await sdk.subscriptionItems.list({ subscription });
  await sdk.subscriptionItems.retrieve(String(whole.items.data[0]?.id));
  await sdk.invoices.retrieve(invoice, { expand: ["payments.data.payment.payment_intent", "customer"] });
  await sdk.invoices.list({ subscription, status: "paid" });
  await sdk.invoices.listLineItems(invoice);
  const [payment] = (await sdk.invoicePayments.list({ invoice, status: "paid" })).data;
  await sdk.invoicePayments.retrieve(String(payment?.id), { expand: ["payment.payment_intent"] });
  const intent = await sdk.paymentIntents.retrieve(String(payment?.payment.payment_intent), {
    expand: ["latest_charge", "payment_method"],
  });
  await sdk.paymentIntents.list({ customer });
  await sdk.charges.list({ payment_intent: intent.id });
  await sdk.charges.retrieve(String((intent.latest_charge as Stripe.Charge).id), { expand: ["refunds", "customer"] });
  const [price] = (await sdk.prices.list({ type: "recurring", expand: ["data.product"] })).data;
  await sdk.prices.retrieve(String(price?.id));
  const [product] = (await sdk.products.list({ limit: 3 })).data;
  await sdk.products.retrieve(String(product?.id));
  const [dispute] = (await sdk.disputes.list({ expand: ["data.charge"] })).data;
  await sdk.disputes.retrieve(String(dispute?.id));
  const events = await sdk.events.list({ types: ["charge.*"], delivery_success: true, limit: 100 });
  await sdk.events.retrieve(String(events.data[0]?.id));
  await sdk.events.list({ limit: 100 });
}

async function changeEverything(
  sdk: Stripe,
  web: Stripe,
  stripe: Running,
  session: string,
  push: (seconds: number) => void,
): Promise<void> {
  const { subscription, customer } = await sdk.checkout.sessions.retrieve(session);
  const id = String(subscription);
  await web.billingPortal.sessions.create({ customer: String(customer), return_url: "http://shop.example/home" });
  await sdk.invoices.createPreview({
    subscription: id,
    invoice_items: [{ amount: 250, currency: "gbp", description: "The rest of the year" }],
  });
  await sdk.products.create({ id: "home-1", name: "Just me", metadata: { what: "home" } });
  await sdk.subscriptions.update(id, {
    cancel_at_period_end: true,
    metadata: { left: "yes" },
    expand: ["latest_invoice"],
  });
  const left = await sdk.subscriptions.update(id, { cancel_at_period_end: false });
  const trial_end = Number(left.items.data[0]?.current_period_end);
  await sdk.subscriptions.update(id, { trial_end, proration_behavior: "none" });
  await stripe.tell("/renew", { subscription: id });
  await sdk.subscriptions.cancel(id, { cancellation_details: { comment: "moving", feedback: "other" } });
  for (const charge of (await sdk.charges.list({ limit: 100 })).data) {
    if (!charge.paid || charge.disputed) continue;
    const refund = await sdk.refunds.create({
      charge: charge.id,
      amount: 100,
      reason: "requested_by_customer",
      metadata: { order: "ord_1" },
    });
    await sdk.refunds.retrieve(refund.id, { expand: ["charge", "payment_intent"] });
    await sdk.refunds.update(refund.id, { metadata: { seen: "yes" } });
  }
  push(10);
  await sdk.refunds.list({ limit: 100 });
  for (const one of (await sdk.subscriptions.list({ limit: 100 })).data)
    await stripe.tell("/renew", { subscription: one.id });
  const [due] = (await sdk.invoices.list({ status: "open" })).data;
  await sdk.invoices
    .pay(String(due?.id))
    .catch((error: unknown) => expect(error).toBeInstanceOf(Stripe.errors.StripeCardError));
  const other = await sdk.paymentMethods.attach("pm_card_visa", { customer: String(due?.customer) });
  await sdk.invoices.pay(String(due?.id), { payment_method: other.id });
  const open = await web.checkout.sessions.create(order);
  await web.checkout.sessions.expire(open.id);
}

/** The checker looks at failures as well. */
async function failEverything(sdk: Stripe): Promise<void> {
  const calls = [
    () => sdk.charges.retrieve("ch_none"),
    () => sdk.refunds.create({ charge: "ch_none" }),
    () => sdk.checkout.sessions.create({ ...order, expires_at: 1 }),
    () =>
      sdk.customers
        .create({ name: "Anna" }, { idempotencyKey: "twice" })
        .then(() => sdk.customers.create({ name: "Ben" }, { idempotencyKey: "twice" })),
  ];
  for (const call of calls) await expect(call()).rejects.toBeInstanceOf(Stripe.errors.StripeError);
}
