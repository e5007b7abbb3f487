import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { confirm, keys, type Running, startStripe, submit, typed } from "./test-kit.ts";

let stripe: Running;
let sdk: Stripe;

beforeEach(async () => {
  stripe = await startStripe();
  sdk = new Stripe(keys.full, { host: "127.0.0.1", port: stripe.port, protocol: "http", maxNetworkRetries: 0 });
});
afterEach(() => stripe.close());

/** A home for £5.00 a month and a name for £1.25 a month. */
const order = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}): Stripe.Checkout.SessionCreateParams => ({
  mode: "subscription",
  success_url: "http://shop.example/paid?session={CHECKOUT_SESSION_ID}",
  cancel_url: "http://shop.example/back",
  client_reference_id: "ord_1",
  metadata: { order: "ord_1" },
  subscription_data: { metadata: { order: "ord_1", name: "smith.family" } },
  line_items: [line("Your home", 500, "month"), line("The name smith.family", 125, "month")],
  ...more,
});
const line = (name: string, minor: number, interval?: "month"): Stripe.Checkout.SessionCreateParams.LineItem => ({
  quantity: 1,
  price_data: {
    currency: "gbp",
    unit_amount: minor,
    product_data: { name },
    tax_behavior: "inclusive",
    ...(interval ? { recurring: { interval } } : {}),
  },
});

const open = (more?: Partial<Stripe.Checkout.SessionCreateParams>) => sdk.checkout.sessions.create(order(more));

describe("a paid session", () => {
  test("leads to the shop and has made a customer, a subscription and a paid invoice", async () => {
    const session = await open();
    expect(session).toMatchObject({ status: "open", payment_status: "unpaid", subscription: null, amount_total: 625 });
    expect(session.url).toBe(`http://localhost:${stripe.port}/c/pay/${session.id}`);
    const answer = await submit(stripe, session.id, "4242 4242 4242 4242");
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`http://shop.example/paid?session=${session.id}`);
    const paid = await sdk.checkout.sessions.retrieve(session.id, {
      expand: ["subscription", "invoice.payments", "line_items", "customer"],
    });
    expect(paid).toMatchObject({ status: "complete", payment_status: "paid", url: null, client_reference_id: "ord_1" });
    expect(paid.customer_details).toMatchObject({ email: typed.email, name: typed.name });
    expect(paid.line_items?.data.map((one) => one.amount_total)).toEqual([500, 125]);
    const subscription = paid.subscription as Stripe.Subscription;
    expect(subscription).toMatchObject({ status: "active", metadata: { name: "smith.family" } });
    expect(subscription.items.data[0]?.current_period_end).toBeGreaterThan(subscription.created + 27 * 86_400);
    const invoice = paid.invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({ status: "paid", billing_reason: "subscription_create", amount_paid: 625 });
    expect(invoice.number).toMatch(/^20\d\d-0001$/);
    expect(invoice.payments?.data[0]?.payment.payment_intent).toMatch(/^pi_/);
    expect((paid.customer as Stripe.Customer).email).toBe(typed.email);
  });

  test("has a charge that tells the card's fingerprint, its last digits and the risk", async () => {
    const session = await open();
    await submit(stripe, session.id, "4242424242424242");
    const { invoice } = await sdk.checkout.sessions.retrieve(session.id);
    const payments = await sdk.invoicePayments.list({
      invoice: String(invoice),
      expand: ["data.payment.payment_intent"],
    });
    const intent = payments.data[0]?.payment.payment_intent as Stripe.PaymentIntent;
    const charge = await sdk.charges.retrieve(String(intent.latest_charge));
    expect(charge).toMatchObject({ amount: 625, paid: true, status: "succeeded", outcome: { risk_level: "normal" } });
    expect(charge.payment_method_details?.card).toMatchObject({
      brand: "visa",
      last4: "4242",
      exp_month: 4,
      exp_year: 2039,
    });
    const other = await open();
    await submit(stripe, other.id, "4242424242424242");
    const again = await sdk.charges.list({ limit: 1 });
    expect(again.data[0]?.payment_method_details?.card?.fingerprint).toBe(
      charge.payment_method_details?.card?.fingerprint,
    );
  });

  test("charges once, however often the form is sent", async () => {
    const session = await open();
    const answers = await Promise.all([1, 2, 3].map(() => submit(stripe, session.id, "4242424242424242")));
    expect(answers.map((one) => one.status)).toEqual([303, 303, 303]);
    expect(await stripe.count("charge.succeeded")).toBe(1);
    expect(await stripe.count("customer.subscription.created")).toBe(1);
  });

  test("puts a one-time line on the first invoice only", async () => {
    const session = await open({ line_items: [line("Your home", 500, "month"), line("Setting up", 300)] });
    await submit(stripe, session.id, "4242424242424242");
    const [subscription] = (await sdk.subscriptions.list()).data;
    expect(subscription?.items.data).toHaveLength(1);
    const [first] = (await sdk.invoices.list()).data;
    expect(first?.lines.data.map((one) => one.amount)).toEqual([500, 300]);
    await stripe.tell("/renew", { subscription: subscription?.id });
    const [second] = (await sdk.invoices.list()).data;
    expect(second).toMatchObject({ billing_reason: "subscription_cycle", status: "paid", total: 500 });
  });

  test("tells of everything in Stripe's order", async () => {
    const session = await open();
    await submit(stripe, session.id, "4242424242424242");
    const { data } = await sdk.events.list({ limit: 100 });
    expect(data.map((event) => event.type).reverse()).toEqual([
      "customer.created",
      "payment_method.attached",
      "customer.updated",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "customer.subscription.created",
      "invoice.created",
      "invoice.finalized",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
      "checkout.session.completed",
    ]);
  });

  test("belongs to the customer it was made for", async () => {
    const customer = await sdk.customers.create({ email: "ben@example.org" });
    const session = await open({ customer: customer.id });
    await submit(stripe, session.id, "4242424242424242", { email: "other@example.org" });
    const paid = await sdk.checkout.sessions.retrieve(session.id);
    expect(paid.customer).toBe(customer.id);
    expect(paid.customer_details?.email).toBe("ben@example.org");
    expect(await stripe.count("customer.created")).toBe(1);
  });

  test("takes no money when nothing is to pay", async () => {
    const session = await open({ line_items: [line("Your home", 0, "month")] });
    await submit(stripe, session.id, "4242424242424242");
    expect(await sdk.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: "complete",
      payment_status: "no_payment_required",
    });
    expect(await stripe.count("charge.succeeded")).toBe(0);
  });
});

describe("a test card", () => {
  test.each([
    ["4000000000000002", "card_declined", "generic_decline", "Your card was declined."],
    ["4000000000009995", "card_declined", "insufficient_funds", "Your card has insufficient funds."],
    ["4000000000009987", "card_declined", "lost_card", "Your card was declined."],
    ["4000000000009979", "card_declined", "stolen_card", "Your card was declined."],
    ["4000000000000069", "expired_card", "expired_card", "Your card has expired."],
    ["4000000000000127", "incorrect_cvc", "incorrect_cvc", "Your card&#39;s security code is incorrect."],
    ["4000000000000119", "processing_error", "processing_error", "An error occurred while processing your card."],
    ["4000056655665556", "card_declined", "test_mode_live_card", "used a non test card"],
  ])("%s is refused with %s / %s and another may be tried", async (card, code, decline, words) => {
    const session = await open();
    const refused = await submit(stripe, session.id, card);
    expect(refused.status).toBe(402);
    const page = await refused.text();
    expect(page).toContain(words);
    expect(page).toContain('value="Anna Smith"');
    expect(page).not.toContain(card);
    const [intent] = (await sdk.paymentIntents.list()).data;
    expect(intent).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code, decline_code: decline },
    });
    expect((await sdk.checkout.sessions.retrieve(session.id)).status).toBe("open");
    expect((await submit(stripe, session.id, "4242424242424242")).status).toBe(303);
    expect(await stripe.count("charge.failed")).toBe(1);
    expect(await stripe.count("charge.succeeded")).toBe(1);
    expect((await sdk.paymentIntents.list()).data).toHaveLength(1);
  });

  test("with a wrong digit makes no charge at all", async () => {
    const session = await open();
    const refused = await submit(stripe, session.id, "4242424242424241");
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("This is not a card number.");
    expect((await sdk.charges.list()).data).toHaveLength(0);
  });

  test.each([
    ["4100000000000019", "highest", "blocked", 402],
    ["4000000000009235", "elevated", "authorized", 303],
  ])("%s has %s risk and is %s", async (card, risk, type, status) => {
    const session = await open();
    expect((await submit(stripe, session.id, card)).status).toBe(status);
    const [charge] = (await sdk.charges.list()).data;
    expect(charge?.outcome).toMatchObject({ risk_level: risk, type });
  });

  test.each(["4000002500003155", "4000002760003184"])("%s is paid once the bank has its yes", async (card) => {
    const session = await open();
    const asked = await submit(stripe, session.id, card);
    expect(asked.headers.get("location")).toBe(`/c/pay/${session.id}/confirm`);
    expect((await sdk.paymentIntents.list()).data[0]).toMatchObject({ status: "requires_action" });
    expect(await (await fetch(stripe.at(`/c/pay/${session.id}/confirm`))).text()).toContain("Complete authentication");
    const answers = await Promise.all([confirm(stripe, session.id, "yes"), confirm(stripe, session.id, "yes")]);
    for (const one of answers) expect(one.headers.get("location")).toContain("http://shop.example/paid");
    expect(await stripe.count("charge.succeeded")).toBe(1);
    const [charge] = (await sdk.charges.list()).data;
    expect(charge?.payment_method_details?.card?.three_d_secure?.result).toBe("authenticated");
  });

  test("whose bank gets a no leaves the session open, with what was typed", async () => {
    const session = await open();
    await submit(stripe, session.id, "4000002760003184");
    expect((await confirm(stripe, session.id, "no")).headers.get("location")).toBe(`/c/pay/${session.id}`);
    const page = await (await fetch(stripe.at(`/c/pay/${session.id}`))).text();
    expect(page).toContain("We are unable to authenticate your payment method.");
    expect(page).toContain('value="anna@example.org"');
    expect((await sdk.charges.list()).data).toHaveLength(0);
    expect((await submit(stripe, session.id, "4242424242424242")).status).toBe(303);
  });

  test.each([
    ["4000008400001629", "generic_decline"],
    ["4000008260003178", "insufficient_funds"],
  ])("%s says yes to the bank and is then refused as %s", async (card, decline) => {
    const session = await open();
    await submit(stripe, session.id, card);
    expect((await confirm(stripe, session.id, "yes")).headers.get("location")).toBe(`/c/pay/${session.id}`);
    expect((await sdk.paymentIntents.list()).data[0]?.last_payment_error?.decline_code).toBe(decline);
  });

  test.each([
    ["4000000000000259", "fraudulent", "needs_response"],
    ["4000000000002685", "product_not_received", "needs_response"],
    ["4000000000001976", "product_not_received", "warning_needs_response"],
  ])("%s is paid and then disputed as %s", async (card, reason, status) => {
    const session = await open();
    expect((await submit(stripe, session.id, card)).status).toBe(303);
    const [dispute] = (await sdk.disputes.list({ expand: ["data.charge"] })).data;
    expect(dispute).toMatchObject({ reason, status, amount: 625, charge: { disputed: true } });
  });

  test("that only pays the first time leaves the renewal open until another card pays it", async () => {
    const session = await open();
    await submit(stripe, session.id, "4000000000000341");
    const [subscription] = (await sdk.subscriptions.list()).data;
    await stripe.tell("/renew", { subscription: subscription?.id });
    expect((await sdk.subscriptions.list()).data[0]?.status).toBe("past_due");
    const [due] = (await sdk.invoices.list({ status: "open" })).data;
    await expect(sdk.invoices.pay(String(due?.id))).rejects.toMatchObject({ type: "StripeCardError", statusCode: 402 });
    const other = await open({ customer: String(subscription?.customer) });
    await submit(stripe, other.id, "5555555555554444");
    const methods = await sdk.customers.listPaymentMethods(String(subscription?.customer));
    const paid = await sdk.invoices.pay(String(due?.id), { payment_method: String(methods.data[0]?.id) });
    expect(paid.status).toBe("paid");
    expect((await sdk.subscriptions.retrieve(String(subscription?.id))).status).toBe("active");
  });
});
