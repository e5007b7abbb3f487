import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Checked, checkedOnClose } from "./test-checked.ts";
import { amounts, april, day, monthly, onClock } from "./test-life.ts";

let stripe: Checked;
beforeEach(async () => {
  stripe = await checkedOnClose();
});
afterEach(() => stripe.close());

/** A customer on a clock with a card, and the price of a home for £5.00 a month. */
async function known(card = "pm_card_visa") {
  const family = await onClock(stripe);
  const { id: method } = await stripe.sdk.paymentMethods.attach(card, { customer: family.customer });
  const price = String(family.subscription.items.data[0]?.price.id);
  const begin = (more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
    stripe.sdk.subscriptions.create({
      customer: family.customer,
      default_payment_method: method,
      items: [{ price, quantity: 2 }],
      ...more,
    });
  return { ...family, begin };
}
const billsOf = async ({ id }: Stripe.Subscription) => (await stripe.sdk.invoices.list({ subscription: id })).data;

describe("a subscription without a payment page", () => {
  test("is paid for by the card that is there, and renews", async () => {
    const { begin, until } = await known();
    const made = await begin({ metadata: { family: "smith" } });
    expect(made).toMatchObject({ status: "active", billing_cycle_anchor: april, metadata: { family: "smith" } });
    await until(april + 31 * day);
    expect((await billsOf(made)).map(({ total, status }) => [total, status])).toEqual(Array(2).fill([1000, "paid"]));
  });

  test("is incomplete while its first bill is not paid, and expires within a day", async () => {
    const { begin, until } = await known("pm_card_authenticationRequired");
    const made = await begin();
    expect(made.status).toBe("incomplete");
    expect((await billsOf(made))[0]).toMatchObject({ status: "open", next_payment_attempt: null });
    await until(april + day);
    expect((await stripe.sdk.subscriptions.retrieve(made.id)).status).toBe("incomplete_expired");
    expect((await billsOf(made))[0]).toMatchObject({ status: "void" });
  });

  test("becomes active when its first bill is paid in time", async () => {
    const { begin, customer, until } = await known("pm_card_authenticationRequired");
    const made = await begin();
    const card = await stripe.sdk.paymentMethods.attach("pm_card_mastercard", { customer });
    await stripe.sdk.invoices.pay(String(made.latest_invoice), { payment_method: card.id });
    await until(april + 2 * day);
    expect((await stripe.sdk.subscriptions.retrieve(made.id)).status).toBe("active");
  });

  test("is not there at all where that was asked and the card does not pay", async () => {
    const { begin } = await known("pm_card_authenticationRequired");
    await expect(begin({ payment_behavior: "error_if_incomplete" })).rejects.toMatchObject({ code: "card_declined" });
    expect((await stripe.sdk.subscriptions.list()).data).toHaveLength(1);
  });
});

describe("a trial", () => {
  test("costs nothing until it ends, and then the first period is billed", async () => {
    const { begin, until } = await known();
    const made = await begin({ trial_period_days: 14 });
    const ends = april + 14 * day;
    expect(made).toMatchObject({ status: "trialing", trial_end: ends, billing_cycle_anchor: ends });
    expect(amounts((await billsOf(made))[0])).toEqual([0]);
    await until(april + 15 * day);
    const after = await stripe.sdk.subscriptions.retrieve(made.id);
    expect(after).toMatchObject({ status: "active" });
    expect(after.items.data[0]).toMatchObject({ current_period_start: ends, current_period_end: ends + 30 * day });
    expect((await billsOf(made)).map(({ total }) => total)).toEqual([1000, 0]);
  });

  test("that is left before it ends is never billed", async () => {
    const { begin, until } = await known();
    const made = await begin({ trial_end: april + 10 * day });
    await stripe.sdk.subscriptions.update(made.id, { cancel_at_period_end: true });
    await until(april + 20 * day);
    expect((await stripe.sdk.subscriptions.retrieve(made.id)).status).toBe("canceled");
    expect(await billsOf(made)).toHaveLength(1);
  });

  test("moves what is paid already to another interval, at the end of what is paid and with nothing in between", async () => {
    const { subscription, until } = await onClock(stripe, { items: [monthly("A home", 500)] });
    const [item] = subscription.items.data;
    const ends = Number(item?.current_period_end);
    await until(ends - 3 * day);
    const price_data = {
      currency: "gbp",
      unit_amount: 5000,
      product: String(item?.price.product),
      recurring: { interval: "year" as const },
    };
    const change = {
      items: [{ id: String(item?.id), price_data }],
      trial_end: ends,
      proration_behavior: "none" as const,
    };
    const next = await stripe.sdk.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: change,
    });
    expect(amounts(next)).toEqual([0]);
    const after = await stripe.sdk.subscriptions.update(subscription.id, change);
    expect(after).toMatchObject({ status: "trialing", trial_end: ends, billing_cycle_anchor: ends });
    expect(amounts((await billsOf(after))[0])).toEqual([0]);
    await until(ends + day);
    const yearly = await stripe.sdk.subscriptions.retrieve(subscription.id);
    expect(yearly.status).toBe("active");
    expect(yearly.items.data[0]).toMatchObject({ current_period_start: ends, current_period_end: ends + 366 * day });
    expect((await billsOf(yearly)).map(({ total, status }) => [total, status])).toEqual([
      [5000, "paid"],
      [0, "paid"],
      [500, "paid"],
    ]);
  });

  test("of what is paid is not reckoned with prorations here", async () => {
    const { subscription } = await onClock(stripe);
    const change = { trial_end: april + 20 * day };
    await expect(stripe.sdk.subscriptions.update(subscription.id, change)).rejects.toMatchObject({
      param: "proration_behavior",
    });
  });

  test("ends in the future", async () => {
    const { begin } = await known();
    await expect(begin({ trial_end: april - 1 })).rejects.toMatchObject({ param: "trial_end" });
  });
});
