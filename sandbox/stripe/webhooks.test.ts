import Stripe from "stripe";
import { afterEach, describe, expect, test, vi } from "vitest";
import { keys, type Running, startEndpoint, startStripe, submit, webhookSecret } from "./test-kit.ts";

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.close();
});

async function start(answers: number[] = [], more: Parameters<typeof startStripe>[0] = {}) {
  const endpoint = await startEndpoint(...answers);
  running.push(endpoint);
  const stripe = await startStripe({ endpoint: endpoint.endpoint, waits: [20, 40, 60], ...more });
  running.push(stripe);
  return { endpoint, stripe, sdk: sdkFor(stripe) };
}
const sdkFor = (stripe: Running) =>
  new Stripe(keys.full, { host: "127.0.0.1", port: stripe.port, protocol: "http", maxNetworkRetries: 0 });

async function buy(stripe: Running, sdk: Stripe): Promise<number> {
  const session = await sdk.checkout.sessions.create({
    mode: "subscription",
    success_url: "http://shop.example/paid",
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: "gbp",
          unit_amount: 625,
          recurring: { interval: "month" },
          product_data: { name: "A home" },
        },
      },
    ],
  });
  const begun = performance.now();
  expect((await submit(stripe, session.id, "4242424242424242")).status).toBe(303);
  return begun;
}
/** How many events a paid session makes. */
const events = 13;
const deliveries = async (stripe: Running) => {
  const answer = await fetch(stripe.at("/_sandbox/webhooks"));
  return (
    (await answer.json()) as {
      deliveries: { type: string; delivered: boolean; lost: boolean; tries: { status: number | null }[] }[];
    }
  ).deliveries;
};

describe("a webhook", () => {
  test("is signed so that the SDK accepts it, and comes at once and in order", async () => {
    const { endpoint, stripe, sdk } = await start();
    const begun = await buy(stripe, sdk);
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(events));
    for (const { body, headers } of endpoint.received) {
      const event = sdk.webhooks.constructEvent(body, String(headers["stripe-signature"]), webhookSecret);
      expect(event).toMatchObject({ api_version: Stripe.API_VERSION, livemode: false, pending_webhooks: 1 });
      expect(() => sdk.webhooks.constructEvent(`${body} `, String(headers["stripe-signature"]), webhookSecret)).toThrow(
        "signature",
      );
    }
    expect(endpoint.types().at(-1)).toBe("checkout.session.completed");
    // Well under what a person notices; a busy machine makes it more than the few milliseconds it takes.
    expect((endpoint.received[0]?.at ?? Number.POSITIVE_INFINITY) - begun).toBeLessThan(500);
    await vi.waitFor(async () => expect((await sdk.events.list({ delivery_success: false })).data).toHaveLength(0));
  });

  test("tells who asked, where a request caused it", async () => {
    const { endpoint, sdk } = await start();
    await sdk.customers.create({ name: "Anna" }, { idempotencyKey: "k-1" });
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(1));
    const event = JSON.parse(endpoint.received[0]?.body ?? "") as Stripe.Event;
    expect(event.request).toMatchObject({ id: expect.stringMatching(/^req_/), idempotency_key: "k-1" });
  });

  test("is tried again while the endpoint fails, signed afresh, and then is done", async () => {
    const { endpoint, stripe, sdk } = await start([500, 302, 503]);
    await sdk.customers.create({ name: "Anna" });
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(4));
    for (const { body, headers } of endpoint.received)
      sdk.webhooks.constructEvent(body, String(headers["stripe-signature"]), webhookSecret);
    await vi.waitFor(async () => {
      const [one] = await deliveries(stripe);
      expect(one).toMatchObject({
        delivered: true,
        tries: [{ status: 500 }, { status: 302 }, { status: 503 }, { status: 200 }],
      });
    });
  });

  test("waits to be asked for once every try has failed", async () => {
    const { endpoint, stripe, sdk } = await start([500, 500, 500, 500]);
    await sdk.customers.create({ name: "Anna" });
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(4));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(endpoint.received).toHaveLength(4);
    expect((await sdk.events.list({ delivery_success: false })).data).toHaveLength(1);
    const { body } = await stripe.tell("/webhooks/redeliver", {});
    expect(body).toMatchObject({ sent: [{ type: "customer.created", delivered: true }] });
    expect(endpoint.received).toHaveLength(5);
  });

  test("that nobody answered is delivered after a restart", async () => {
    const { endpoint, stripe, sdk } = await start([], { waits: [60_000] });
    await endpoint.close();
    await sdk.customers.create({ name: "Anna" });
    await vi.waitFor(async () => expect((await deliveries(stripe))[0]?.tries).toMatchObject([{ status: null }]));
    await stripe.close();
    const back = await startEndpoint();
    running.push(back);
    running.push(await startStripe({ dataFolder: stripe.settings.dataFolder, endpoint: back.endpoint }));
    await vi.waitFor(() => expect(back.types()).toEqual(["customer.created"]));
  });

  test("comes only for the types that are wanted", async () => {
    const { endpoint, stripe, sdk } = await start([], { eventTypes: ["checkout.session.completed"] });
    await buy(stripe, sdk);
    await vi.waitFor(() => expect(endpoint.types()).toEqual(["checkout.session.completed"]));
    expect((await sdk.events.list({ limit: 100 })).data).toHaveLength(events);
  });
});

describe("deliveries told to misbehave", () => {
  const set = (stripe: Running, mode: string, ms = 0) => stripe.tell("/webhooks", { mode, ms }, "PUT");

  test("lose events until these are sent again", async () => {
    const { endpoint, stripe, sdk } = await start();
    await set(stripe, "lost");
    await buy(stripe, sdk);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(endpoint.received).toHaveLength(0);
    expect((await deliveries(stripe)).every((one) => one.lost && !one.delivered)).toBe(true);
    expect((await sdk.events.list({ delivery_success: false, limit: 100 })).data).toHaveLength(events);
    await stripe.tell("/webhooks/redeliver", {});
    expect(endpoint.received).toHaveLength(events);
  });

  test("send one event again on demand, though it arrived", async () => {
    const { endpoint, stripe, sdk } = await start();
    await sdk.customers.create({ name: "Anna" });
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(1));
    const [event] = (await sdk.events.list()).data;
    await stripe.tell("/webhooks/redeliver", { event: event?.id });
    expect(endpoint.received).toHaveLength(2);
    expect((await stripe.tell("/webhooks/redeliver", { event: "evt_none" })).status).toBe(404);
  });

  test("send each event twice", async () => {
    const { endpoint, stripe, sdk } = await start();
    await set(stripe, "duplicate");
    await buy(stripe, sdk);
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(2 * events));
  });

  test("send the last first", async () => {
    const { endpoint, stripe, sdk } = await start();
    await set(stripe, "reorder");
    await buy(stripe, sdk);
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(events));
    expect(endpoint.types()[0]).toBe("checkout.session.completed");
    expect(endpoint.types().at(-1)).toBe("customer.created");
  });

  test("send the last first and each twice", async () => {
    const { endpoint, stripe, sdk } = await start();
    await set(stripe, "duplicate-reorder");
    await buy(stripe, sdk);
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(2 * events));
    expect(endpoint.types().slice(0, 2)).toEqual(["checkout.session.completed", "checkout.session.completed"]);
  });

  test("are late by as long as was said, and normal again when told", async () => {
    const { endpoint, stripe, sdk } = await start();
    await set(stripe, "delay", 200);
    const begun = performance.now();
    await sdk.customers.create({ name: "Anna" });
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(1));
    // Timers may fire a millisecond early.
    expect((endpoint.received[0]?.at ?? 0) - begun).toBeGreaterThan(195);
    await set(stripe, "normal");
    await sdk.customers.create({ name: "Ben" });
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(2), { timeout: 150 });
  });

  test("must be told so in a way that is understood", async () => {
    const { stripe } = await start();
    expect((await set(stripe, "sometimes")).status).toBe(400);
  });
});
