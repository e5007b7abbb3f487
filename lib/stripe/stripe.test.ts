import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { moneyOf } from "@/lib/billing/money.ts";
import type { CheckoutOrder } from "@/lib/billing/ports.ts";
import { systemClock } from "@/lib/clock.ts";
import { NameplateError, Refused, Unreachable } from "@/lib/errors.ts";
import type { FaultKind } from "@/sandbox/shared/faults.ts";
import { keys, type Running, startEndpoint, startStripe, submit, webhookSecret } from "@/sandbox/stripe/test-kit.ts";
import { stripeCashier } from "./cashier.ts";
import { stripeCheckoutDesk } from "./checkout-desk.ts";
import { openStripe } from "./client.ts";
import { stripeWebhookReader } from "./webhook-reader.ts";

let running: Running;
beforeAll(async () => {
  running = await startStripe();
});
afterAll(() => running.close());

/** The adapters as the web and the workers build them, at an address. */
const adapters = (url: string) => ({
  desk: stripeCheckoutDesk(openStripe(keys.web, url)),
  cashier: stripeCashier(openStripe(keys.full, url)),
});
type Adapters = ReturnType<typeof adapters>;
const at = (stripe: Running): Adapters => adapters(stripe.at(""));

const pounds = (minor: number) => moneyOf(minor, "GBP");
let made = 0;
const order = (): CheckoutOrder => ({
  checkoutId: `vis_${++made}`,
  orderId: `ord_${made}`,
  email: "anna@example.org",
  period: "month",
  tax: "inclusive",
  lines: [
    { what: "home", label: "Your home on Matrix", sum: pounds(450) },
    { what: "name", label: "The name smith.family", sum: pounds(175) },
  ],
  successUrl: "http://shop.example/start/watch",
  cancelUrl: "http://shop.example/start/pay",
  expiresAt: new Date(Date.now() + 3_600_000),
});

const card = { good: "4242 4242 4242 4242", watched: "4000 0000 0000 9235", refundFails: "4000 0000 0000 5126" };

/** A visit that was paid, with what the vendor says of its money. */
async function paid(stripe: Running, number = card.good) {
  const { desk, cashier } = at(stripe);
  const { sessionId } = await desk.open(order());
  expect((await submit(stripe, sessionId, number.replaceAll(" ", ""))).status).toBe(303);
  const visit = await cashier.look(sessionId);
  const subscriptionId = visit?.subscriptionId ?? "";
  const payment = await cashier.payment(subscriptionId);
  if (!payment) throw new Error("Nothing was paid");
  return { sessionId, subscriptionId, payment };
}

const plan = (stripe: Running, call: string, kind: FaultKind, times: number) =>
  stripe.tell("/faults", { call, kind, times });
const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "it went well",
    (error: unknown) => error,
  );

describe("The checkout desk", () => {
  test("opens a visit for our own sum, with our own ids, that ends when we said", async () => {
    const { desk } = at(running);
    const wanted = order();
    const { sessionId, url } = await desk.open(wanted);
    expect(url).toContain(sessionId);
    expect(await desk.look(sessionId)).toEqual({
      sessionId,
      state: "open",
      purpose: "first",
      checkoutId: wanted.checkoutId,
      orderId: wanted.orderId,
      total: pounds(625),
      full: pounds(625),
      customerId: null,
      subscriptionId: null,
      email: wanted.email,
      begunAt: expect.any(Date),
    });
    const session = await openStripe(keys.full, running.at("")).checkout.sessions.retrieve(sessionId, {
      expand: ["line_items"],
    });
    expect(session).toMatchObject({
      mode: "subscription",
      customer_email: wanted.email,
      success_url: wanted.successUrl,
      cancel_url: wanted.cancelUrl,
      expires_at: Math.floor(wanted.expiresAt.getTime() / 1000),
    });
    expect(session.line_items?.data.map((line) => [line.description, line.amount_total])).toEqual([
      ["Your home on Matrix", 450],
      ["The name smith.family", 175],
    ]);
  });

  test("gives the same visit to whoever asks twice for one", async () => {
    const { desk } = at(running);
    const wanted = order();
    expect(await desk.open(wanted)).toEqual(await desk.open(wanted));
  });

  test("ends an open visit, and leaves one that is paid or over as it is", async () => {
    const { desk } = at(running);
    const { sessionId } = await desk.open(order());
    await desk.close(sessionId);
    expect((await desk.look(sessionId))?.state).toBe("expired");
    await desk.close(sessionId);
    const { sessionId: bought } = await paid(running);
    await desk.close(bought);
    expect((await desk.look(bought))?.state).toBe("paid");
  });

  test("knows nothing of a visit that never was", async () => {
    const { desk } = at(running);
    expect(await desk.look("cs_test_none")).toBeUndefined();
    await desk.close("cs_test_none");
  });
});

describe("The cashier", () => {
  test("tells how a visit was paid: the sum, the receipt and the card", async () => {
    const { sessionId, subscriptionId, payment } = await paid(running);
    const { cashier } = at(running);
    expect(await cashier.look(sessionId)).toMatchObject({
      state: "paid",
      total: pounds(625),
      subscriptionId,
    });
    expect(payment).toEqual({
      paymentIntentId: expect.stringMatching(/^pi_/),
      paid: pounds(625),
      receiptNumber: expect.stringMatching(/\S/),
      cardLabel: "Visa ending 4242",
      cardFingerprint: expect.stringMatching(/\S/),
      cardRisk: "normal",
    });
  });

  test("knows one card again, and sees the risk in another", async () => {
    const [first, second] = [await paid(running), await paid(running)];
    expect(second.payment.cardFingerprint).toBe(first.payment.cardFingerprint);
    const risky = await paid(running, card.watched);
    expect(risky.payment.cardFingerprint).not.toBe(first.payment.cardFingerprint);
    expect(risky.payment.cardRisk).toBe("elevated");
  });

  test("sees no payment where none was made", async () => {
    expect(await at(running).cashier.payment("sub_none")).toBeUndefined();
  });

  test("gives the whole sum back once, however often it is asked, and finds it by our own id", async () => {
    const { cashier } = at(running);
    const { payment } = await paid(running);
    expect(await cashier.findRefund(payment.paymentIntentId, "ref_1")).toBeUndefined();
    for (let asked = 0; asked < 3; asked++) await cashier.refund(payment.paymentIntentId, pounds(625), "ref_1");
    expect(await cashier.findRefund(payment.paymentIntentId, "ref_1")).toEqual({
      vendorId: expect.stringMatching(/^re_/),
      state: "done",
    });
    expect(await cashier.findRefund(payment.paymentIntentId, "ref_2")).toBeUndefined();
    expect(await caught(cashier.refund(payment.paymentIntentId, pounds(625), "ref_2"))).toBeInstanceOf(Refused);
    const intent = await openStripe(keys.full, running.at("")).paymentIntents.retrieve(payment.paymentIntentId, {
      expand: ["latest_charge"],
    });
    expect(intent.latest_charge).toMatchObject({ amount_refunded: 625, refunded: true });
  });

  test("tells when the bank does not take it back", async () => {
    const { cashier } = at(running);
    const { payment } = await paid(running, card.refundFails);
    await cashier.refund(payment.paymentIntentId, pounds(625), "ref_3");
    // The bank answers some seconds later.
    await vi.waitFor(
      async () => expect(await cashier.findRefund(payment.paymentIntentId, "ref_3")).toMatchObject({ state: "failed" }),
      { timeout: 15_000, interval: 250 },
    );
  }, 20_000);

  test("waits for a refund that another worker is just asking for, and does not take it for a refusal", async () => {
    const { cashier } = at(running);
    const { payment } = await paid(running);
    // Longer than the SDK's retries of an answer that says "in use".
    await running.tell("/faults", { call: "refunds.create", kind: "slow", ms: 6000 });
    const first = cashier.refund(payment.paymentIntentId, pounds(625), "ref_4");
    const second = await caught(cashier.refund(payment.paymentIntentId, pounds(625), "ref_4"));
    expect(second).toBeInstanceOf(Unreachable);
    expect(second).toMatchObject({ effect: "unknown", vendor: { status: 409 } });
    await first;
    expect(await cashier.findRefund(payment.paymentIntentId, "ref_4")).toMatchObject({ state: "done" });
  }, 20_000);

  test("ends a subscription at once; one that has ended, or never was, is fine", async () => {
    const { cashier } = at(running);
    const { subscriptionId } = await paid(running);
    for (let asked = 0; asked < 2; asked++) await cashier.endSubscription(subscriptionId);
    const found = await openStripe(keys.full, running.at("")).subscriptions.retrieve(subscriptionId);
    expect(found.status).toBe("canceled");
    await cashier.endSubscription("sub_none");
  });

  test("has ended a subscription whose end it was not told: asking again is no failure", async () => {
    const { cashier } = at(running);
    const { subscriptionId } = await paid(running);
    const ended = await running.count("customer.subscription.deleted");
    await plan(running, "subscriptions.cancel", "timeout-after", 1);
    await cashier.endSubscription(subscriptionId);
    expect(await running.count("customer.subscription.deleted")).toBe(ended + 1);
  });
});

describe("The reader of webhooks", () => {
  const stripe = openStripe(keys.web, undefined);

  test("reads whose order it is out of an event that is signed, with either secret while one is replaced", async () => {
    const endpoint = await startEndpoint();
    const sender = await startStripe({ endpoint: endpoint.endpoint });
    const { desk } = at(sender);
    const wanted = order();
    const { sessionId } = await desk.open(wanted);
    await submit(sender, sessionId, "4242424242424242");
    const got = await vi.waitFor(() => {
      const found = endpoint.received.find(({ body }) => body.includes('"checkout.session.completed"'));
      if (!found) throw new Error("not yet");
      return found;
    });
    const signature = String(got.headers["stripe-signature"]);
    for (const secrets of [[webhookSecret], ["whsec_new", webhookSecret]]) {
      expect(stripeWebhookReader(stripe, secrets, systemClock).read(got.body, signature)).toEqual({
        id: expect.stringMatching(/^evt_/),
        type: "checkout.session.completed",
        objectId: sessionId,
        orderId: wanted.orderId,
        customerId: expect.stringMatching(/^cus_/),
        paymentIntentId: null,
      });
    }
    const reader = stripeWebhookReader(stripe, [webhookSecret], systemClock);
    for (const [body, header] of [
      [got.body.replace(wanted.orderId, "ord_other"), signature],
      [got.body, null],
      [got.body, ""],
      [got.body, signature.replace(/v1=./, "v1=x")],
      [got.body, `t=1,${signature.split(",")[1]}`],
    ] as const) {
      expect(() => reader.read(body, header)).toThrow(NameplateError);
    }
    expect(() => stripeWebhookReader(stripe, ["whsec_other"], systemClock).read(got.body, signature)).toThrow(
      "signature",
    );
    await sender.close();
    await endpoint.close();
  });

  test("refuses an old event that is sent once more, and a signed body that is no JSON", () => {
    const reader = stripeWebhookReader(stripe, [webhookSecret], systemClock);
    const signed = (payload: string, timestamp: number) =>
      stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp });
    const now = Math.floor(Date.now() / 1000);
    const event = JSON.stringify({ id: "evt_1", object: "event", type: "x", data: { object: {} } });
    expect(reader.read(event, signed(event, now))).toEqual({
      id: "evt_1",
      type: "x",
      objectId: null,
      orderId: null,
      customerId: null,
      paymentIntentId: null,
    });
    // Five minutes are allowed.
    expect(() => reader.read(event, signed(event, now - 301))).toThrow(NameplateError);
    expect(() => reader.read("{", signed("{", now))).toThrow(NameplateError);
  });
});

interface Method {
  /** The vendor's name for the call, by which faults are planned. */
  readonly call: string;
  /** Whether the vendor remembers the answer by a key, so that the SDK's second try is told what the first one did. */
  readonly keyed?: true;
  prepare(stripe: Running): Promise<(through: Adapters) => Promise<unknown>>;
}
const onPaid = (
  call: string,
  run: (through: Adapters, bought: Awaited<ReturnType<typeof paid>>) => Promise<unknown>,
  more: Partial<Method> = {},
): Method => ({
  call,
  ...more,
  prepare: async (stripe) => {
    const bought = await paid(stripe);
    return (through) => run(through, bought);
  },
});
const methods: Record<string, Method> = {
  "desk.open": onPaid("checkout.sessions.create", ({ desk }) => desk.open(order()), { keyed: true }),
  "desk.look": onPaid("checkout.sessions.retrieve", ({ desk }, { sessionId }) => desk.look(sessionId)),
  "desk.close": {
    call: "checkout.sessions.expire",
    keyed: true,
    prepare: async (stripe) => {
      const { sessionId } = await at(stripe).desk.open(order());
      return ({ desk }) => desk.close(sessionId);
    },
  },
  "cashier.payment, its invoice": onPaid("invoices.list", ({ cashier }, { subscriptionId }) =>
    cashier.payment(subscriptionId),
  ),
  "cashier.payment, its intent": onPaid("paymentIntents.retrieve", ({ cashier }, { subscriptionId }) =>
    cashier.payment(subscriptionId),
  ),
  "cashier.findRefund": onPaid("refunds.list", ({ cashier }, { payment }) =>
    cashier.findRefund(payment.paymentIntentId, "ref_5"),
  ),
  "cashier.refund": onPaid(
    "refunds.create",
    ({ cashier }, { payment }) =>
      cashier.refund(payment.paymentIntentId, pounds(625), `ref_${payment.paymentIntentId}`),
    { keyed: true },
  ),
  "cashier.endSubscription": onPaid("subscriptions.cancel", ({ cashier }, { subscriptionId }) =>
    cashier.endSubscription(subscriptionId),
  ),
};

/** What a caller is told: refused, or unreachable and what is known of the effect. */
function told(error: unknown): string {
  if (error instanceof Refused) return "refused";
  return error instanceof Unreachable ? `unreachable, effect ${error.effect}` : String(error);
}

/** The first try and the SDK's two more. */
const tries = 3;

describe("Whatever goes wrong is told as one of two things", () => {
  test.concurrent.each(Object.entries(methods))(
    "by %s",
    async (_, { call, keyed, prepare }) => {
      const stripe = await startStripe();
      const answers: Record<string, string> = {};
      const kinds = [
        "refuse",
        "500-before",
        "500-after",
        "timeout-before",
        "timeout-after",
        "malformed",
        "429",
      ] as const;
      for (const kind of kinds) {
        const run = await prepare(stripe);
        await plan(stripe, call, kind, tries);
        answers[kind] = told(await caught(run(at(stripe))));
        await stripe.tell("/faults", {}, "DELETE");
      }
      const run = await prepare(stripe);
      answers["nobody there"] = told(await caught(run(adapters(await nobodyThere()))));
      expect(answers).toEqual({
        refuse: "refused",
        "500-before": "unreachable, effect unknown",
        "500-after": "unreachable, effect unknown",
        "timeout-before": "unreachable, effect unknown",
        "timeout-after": keyed ? "it went well" : "unreachable, effect unknown",
        malformed: "unreachable, effect unknown",
        "429": "unreachable, effect none",
        "nobody there": "unreachable, effect none",
      });
      await stripe.close();
    },
    60_000,
  );

  test("with what staff need to see: vendor, call, answer, request and the vendor's words", async () => {
    await running.tell("/faults", { call: "checkout.sessions.create", kind: "refuse", words: "Not today." });
    expect(await caught(at(running).desk.open(order()))).toMatchObject({
      message: "Not today.",
      vendor: {
        vendor: "Stripe",
        call: "checkout.sessions.create",
        status: 400,
        requestId: expect.stringMatching(/^req_/),
      },
    });
  });
});

/** An address where nobody listens, by the name that leads to both kinds of address, as the sandbox's own does. */
async function nobodyThere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://localhost:${port}`;
}
