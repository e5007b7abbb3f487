import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Checked, checkedOnClose } from "./test-checked.ts";
import { day, monthly, subscribed } from "./test-life.ts";

let stripe: Checked;
beforeEach(async () => {
  stripe = await checkedOnClose();
});
afterEach(() => stripe.close());

/** 31 January 2027, noon: months after it are shorter. */
const begin = Date.UTC(2027, 0, 31, 12) / 1000;
const makeClock = () => stripe.sdk.testHelpers.testClocks.create({ frozen_time: begin, name: "A life" });
const family = async (card?: string) => {
  const clock = await makeClock();
  const customer = await stripe.sdk.customers.create({ email: "anna@example.org", test_clock: clock.id });
  return { clock, ...(await subscribed(stripe, { customer: customer.id, ...(card ? { card } : {}) })) };
};
const types = async () =>
  (await stripe.sdk.events.list({ limit: 100 })).data
    .map(({ type }) => type)
    .filter((type) => !type.startsWith("price"));

/** Sets the clock on and waits until it is there. */
async function advance(clock: Stripe.TestHelpers.TestClock, to: number) {
  expect(await stripe.sdk.testHelpers.testClocks.advance(clock.id, { frozen_time: to })).toMatchObject({
    status: "advancing",
    status_details: { advancing: { target_frozen_time: to } },
  });
  expect(await stripe.sdk.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({
    status: "ready",
    frozen_time: to,
  });
}

describe("a test clock", () => {
  test("gives what is made for its customers its own time", async () => {
    const { subscription } = await family();
    expect(subscription).toMatchObject({ created: begin, billing_cycle_anchor: begin });
    expect(new Date((subscription.items.data[0]?.current_period_end ?? 0) * 1000).toISOString()).toBe(
      "2027-02-28T12:00:00.000Z",
    );
  });

  test("renews each month as it passes, with a draft that is charged an hour later", async () => {
    const { clock, subscription } = await family();
    await advance(clock, Date.UTC(2027, 1, 28, 12, 30) / 1000);
    const [draft] = (await stripe.sdk.invoices.list()).data;
    expect(draft).toMatchObject({ status: "draft", number: null, billing_reason: "subscription_cycle" });
    expect(draft?.automatically_finalizes_at).toBe(Date.UTC(2027, 1, 28, 13) / 1000);
    await advance(clock, Date.UTC(2027, 3, 1) / 1000);
    const invoices = (await stripe.sdk.invoices.list({ subscription: subscription.id })).data;
    expect(invoices.map(({ status, total }) => [status, total])).toEqual(Array(3).fill(["paid", 625]));
    expect(invoices.map((one) => new Date(one.created * 1000).toISOString())).toEqual([
      "2027-03-31T12:00:00.000Z",
      "2027-02-28T12:00:00.000Z",
      "2027-01-31T12:00:00.000Z",
    ]);
    expect(invoices[0]?.status_transitions.paid_at).toBe(Date.UTC(2027, 2, 31, 13) / 1000);
  });

  test("tells of a renewal in Stripe's order, and then that it is ready", async () => {
    const { clock } = await family();
    const before = (await types()).length;
    await advance(clock, Date.UTC(2027, 2, 1) / 1000);
    const news = await types();
    expect(news.slice(0, news.length - before).reverse()).toEqual([
      "test_helpers.test_clock.advancing",
      "customer.subscription.updated",
      "invoice.created",
      "invoice.finalized",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "invoice.paid",
      "invoice.payment_succeeded",
      "invoice_payment.paid",
      "test_helpers.test_clock.ready",
    ]);
  });

  test("tries a refused card again after three, five and seven days, and then ends the subscription", async () => {
    const { clock, subscription } = await family("4000000000000341");
    const due = Date.UTC(2027, 1, 28, 13) / 1000;
    await advance(clock, due);
    const [open] = (await stripe.sdk.invoices.list({ status: "open" })).data;
    expect(open).toMatchObject({ attempt_count: 1, next_payment_attempt: due + 3 * day });
    expect((await stripe.sdk.subscriptions.retrieve(subscription.id)).status).toBe("past_due");
    await advance(clock, due + 14 * day);
    expect(await stripe.sdk.invoices.retrieve(String(open?.id))).toMatchObject({
      attempt_count: 3,
      next_payment_attempt: due + 15 * day,
    });
  });

  test("ends a subscription that was asked to end with its period", async () => {
    const { clock, subscription } = await family();
    await stripe.sdk.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    await advance(clock, Date.UTC(2027, 2, 15) / 1000);
    expect(await stripe.sdk.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: "canceled",
      ended_at: Date.UTC(2027, 1, 28, 12) / 1000,
    });
    expect((await stripe.sdk.invoices.list()).data).toHaveLength(1);
  });

  test("goes only forward, and at most two intervals at a time", async () => {
    const { clock } = await family();
    const to = (frozen_time: number) => stripe.sdk.testHelpers.testClocks.advance(clock.id, { frozen_time });
    await expect(to(begin)).rejects.toMatchObject({ param: "frozen_time" });
    await expect(to(begin + 70 * day)).rejects.toMatchObject({ param: "frozen_time" });
  });

  test("takes three customers and, deleted, takes them with it", async () => {
    const { clock, subscription, customer } = await family();
    const another = () => stripe.sdk.customers.create({ test_clock: clock.id });
    await another();
    await another();
    await expect(another()).rejects.toMatchObject({ param: "test_clock" });
    expect(await stripe.sdk.testHelpers.testClocks.del(clock.id)).toMatchObject({ deleted: true });
    await expect(stripe.sdk.testHelpers.testClocks.retrieve(clock.id)).rejects.toMatchObject({ statusCode: 404 });
    await expect(stripe.sdk.customers.retrieve(customer)).rejects.toMatchObject({ statusCode: 404 });
    expect((await stripe.sdk.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
    expect((await stripe.sdk.testHelpers.testClocks.list()).data).toEqual([]);
  });
});

describe("the clock of the whole stand-in", () => {
  test("renews everybody else, however far it jumps, and nobody on a test clock", async () => {
    const apart = await family();
    const { subscription } = await subscribed(stripe);
    stripe.push(100 * day);
    const invoices = (await stripe.sdk.invoices.list({ subscription: subscription.id })).data;
    expect(invoices.map(({ status }) => status)).toEqual(["paid", "paid", "paid", "paid"]);
    const [, , second] = invoices;
    expect(second?.created).toBe(subscription.items.data[0]?.current_period_end);
    const events = await stripe.sdk.events.list({ limit: 100, types: ["invoice.paid"] });
    // Stripe shows events for thirty days, so those of the months before are gone.
    expect(events.data.map(({ created }) => created)).toEqual([invoices[0]?.status_transitions.paid_at]);
    expect((await stripe.sdk.invoices.list({ subscription: apart.subscription.id })).data).toHaveLength(1);
  });

  test("leaves the control that ends a period now", async () => {
    const { subscription } = await subscribed(stripe, { items: [monthly("A home", 500)] });
    expect((await stripe.tell("/renew", { subscription: subscription.id })).status).toBe(200);
    expect((await stripe.sdk.invoices.list()).data.map(({ status }) => status)).toEqual(["paid", "paid"]);
  });
});
