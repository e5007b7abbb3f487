import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Checked, checkedOnClose } from "./test-checked.ts";
import { april, day, onClock, subscribed } from "./test-life.ts";

let stripe: Checked;
beforeEach(async () => {
  stripe = await checkedOnClose();
});
afterEach(() => stripe.close());

const refusedLater = "4000000000000341";
const hour = 3600;
/** 1 May, an hour after the period ended. */
const due = april + 30 * day + hour;
const newest = async () => (await stripe.sdk.invoices.list({ limit: 1 })).data[0];
const statusOf = async ({ subscription }: { subscription: Stripe.Subscription }) =>
  (await stripe.sdk.subscriptions.retrieve(subscription.id)).status;
const told = async (...types: string[]) => (await stripe.sdk.events.list({ types, limit: 100 })).data.reverse();
const settings = (days: number[], end: string) => stripe.tell("/dunning", { days, end }, "PUT");

describe("a bill that its card does not pay", () => {
  test("is tried again after three, five and seven days, and then the subscription ends", async () => {
    const family = await onClock(stripe, { card: refusedLater });
    await family.until(due + hour);
    expect(await newest()).toMatchObject({ status: "open", attempt_count: 1, next_payment_attempt: due + 3 * day });
    expect(await statusOf(family)).toBe("past_due");
    expect(await stripe.sdk.customers.retrieve(family.customer)).toMatchObject({ delinquent: true });
    await family.until(due + 20 * day);
    const failed = await told("invoice.payment_failed");
    expect(failed.map(({ created }) => (created - due) / day)).toEqual([0, 3, 8, 15]);
    expect(await newest()).toMatchObject({ status: "open", attempt_count: 4, next_payment_attempt: null });
    expect(await stripe.sdk.subscriptions.retrieve(family.subscription.id)).toMatchObject({
      status: "canceled",
      cancellation_details: { reason: "payment_failed" },
    });
  });

  test("leaves the subscription unpaid where the settings say so: bills are made, and nobody is charged for them", async () => {
    await settings([1], "unpaid");
    const family = await onClock(stripe, { card: refusedLater });
    await family.until(due + 2 * day);
    expect(await statusOf(family)).toBe("unpaid");
    await family.until(april + 62 * day);
    expect(await newest()).toMatchObject({ status: "draft", automatically_finalizes_at: null });
    expect(await told("charge.failed")).toHaveLength(2);
  });

  test("leaves it past due where the settings say so, and the next month is billed and tried as well", async () => {
    await settings([1], "past_due");
    const family = await onClock(stripe, { card: refusedLater });
    await family.until(april + 55 * day);
    await family.until(april + 65 * day);
    expect(await statusOf(family)).toBe("past_due");
    expect((await stripe.sdk.invoices.list({ status: "open" })).data).toHaveLength(2);
  });

  test("is paid by another card at the next try, once that is the default", async () => {
    const family = await onClock(stripe, { card: refusedLater });
    await family.until(due + day);
    const card = await stripe.sdk.paymentMethods.attach("pm_card_visa", { customer: family.customer });
    await stripe.sdk.customers.update(family.customer, { invoice_settings: { default_payment_method: card.id } });
    await stripe.sdk.subscriptions.update(family.subscription.id, { default_payment_method: card.id });
    expect(await newest()).toMatchObject({ status: "open" });
    await family.until(due + 4 * day);
    expect(await newest()).toMatchObject({ status: "paid", attempt_count: 2, next_payment_attempt: null });
    expect(await statusOf(family)).toBe("active");
    expect(await stripe.sdk.customers.retrieve(family.customer)).toMatchObject({ delinquent: false });
  });

  test("is paid at once by a card that is named, and only by one of the customer's", async () => {
    const family = await onClock(stripe, { card: refusedLater });
    await family.until(due + day);
    const id = String((await newest())?.id);
    const card = await stripe.sdk.paymentMethods.create({
      type: "card",
      card: { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" },
    });
    await expect(stripe.sdk.invoices.pay(id, { payment_method: card.id })).rejects.toMatchObject({
      param: "payment_method",
    });
    await stripe.sdk.paymentMethods.attach(card.id, { customer: family.customer });
    expect(await stripe.sdk.invoices.pay(id, { payment_method: card.id })).toMatchObject({ status: "paid" });
    expect(await statusOf(family)).toBe("active");
  });

  test("keeps its schedule, however often it is tried by hand in between", async () => {
    const family = await onClock(stripe, { card: refusedLater });
    await family.until(due + day);
    const id = String((await newest())?.id);
    await expect(stripe.sdk.invoices.pay(id)).rejects.toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(await newest()).toMatchObject({ attempt_count: 1, next_payment_attempt: due + 3 * day });
  });

  test("that is older changes nothing when it is paid late: the newest counts", async () => {
    await settings([1], "past_due");
    const family = await onClock(stripe, { card: refusedLater });
    await family.until(april + 55 * day);
    await family.until(april + 65 * day);
    const [second, first] = (await stripe.sdk.invoices.list({ status: "open" })).data;
    const card = await stripe.sdk.paymentMethods.attach("pm_card_visa", { customer: family.customer });
    await stripe.sdk.invoices.pay(String(first?.id), { payment_method: card.id });
    expect(await statusOf(family)).toBe("past_due");
    await stripe.sdk.invoices.pay(String(second?.id), { payment_method: card.id });
    expect(await statusOf(family)).toBe("active");
  });

  test("can be paid outside of Stripe", async () => {
    const family = await onClock(stripe, { card: refusedLater });
    await family.until(due + day);
    const paid = await stripe.sdk.invoices.pay(String((await newest())?.id), { paid_out_of_band: true });
    expect(paid.status).toBe("paid");
    expect(await statusOf(family)).toBe("active");
    expect((await stripe.sdk.charges.list({ customer: family.customer })).data.filter((one) => one.paid)).toHaveLength(
      1,
    );
  });
});

describe("a card", () => {
  test("whose bank wants to ask makes the payer come, and charges nothing", async () => {
    const { sdk } = stripe;
    const family = await onClock(stripe);
    const card = await sdk.paymentMethods.attach("pm_card_authenticationRequired", { customer: family.customer });
    await sdk.subscriptions.update(family.subscription.id, { default_payment_method: card.id });
    await family.until(due + hour);
    expect((await told("invoice.payment_action_required", "invoice.payment_failed")).map(({ type }) => type)).toEqual([
      "invoice.payment_failed",
      "invoice.payment_action_required",
    ]);
    const [intent] = (await sdk.paymentIntents.list({ limit: 1 })).data;
    expect(intent).toMatchObject({
      status: "requires_action",
      last_payment_error: { code: "authentication_required" },
    });
    expect((await sdk.charges.list()).data).toHaveLength(1);
    await expect(sdk.invoices.pay(String((await newest())?.id))).rejects.toMatchObject({
      code: "invoice_payment_intent_requires_action",
    });
  });

  test("that was set up for later is not asked about again", async () => {
    const family = await onClock(stripe);
    const name = "pm_card_authenticationRequiredOnSetup";
    const card = await stripe.sdk.paymentMethods.attach(name, { customer: family.customer });
    await stripe.sdk.subscriptions.update(family.subscription.id, { default_payment_method: card.id });
    await family.until(due + hour);
    expect(await newest()).toMatchObject({ status: "paid" });
  });

  test("is refused once its month is over, until its date is corrected", async () => {
    const family = await onClock(stripe);
    const [card] = (await stripe.sdk.customers.listPaymentMethods(family.customer)).data;
    await stripe.sdk.paymentMethods.update(String(card?.id), { card: { exp_month: 4, exp_year: 2027 } });
    await family.until(due + hour);
    const [charge] = (await stripe.sdk.charges.list({ limit: 1 })).data;
    expect(charge).toMatchObject({ status: "failed", failure_code: "expired_card" });
    await stripe.sdk.paymentMethods.update(String(card?.id), { card: { exp_month: 4, exp_year: 2030 } });
    await family.until(due + 4 * day);
    expect(await newest()).toMatchObject({ status: "paid" });
  });

  test("that is always refused cannot be kept", async () => {
    const { customer } = await subscribed(stripe);
    await expect(stripe.sdk.paymentMethods.attach("pm_card_chargeDeclined", { customer })).rejects.toMatchObject({
      code: "card_declined",
    });
    const wrong = { number: "4242424242424241", exp_month: 1, exp_year: 2040 };
    await expect(stripe.sdk.paymentMethods.create({ type: "card", card: wrong })).rejects.toMatchObject({
      code: "incorrect_number",
    });
  });

  test("that is taken away is nobody's default any more, and the next bill has no card", async () => {
    const family = await onClock(stripe);
    const [card] = (await stripe.sdk.customers.listPaymentMethods(family.customer)).data;
    const id = String(card?.id);
    await stripe.sdk.customers.update(family.customer, { invoice_settings: { default_payment_method: id } });
    expect(await stripe.sdk.paymentMethods.detach(id)).toMatchObject({ customer: null });
    expect(await stripe.sdk.customers.retrieve(family.customer)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
    await family.until(due + hour);
    expect(await newest()).toMatchObject({ status: "open", attempt_count: 1 });
    expect(await statusOf(family)).toBe("past_due");
    await expect(stripe.sdk.invoices.pay(String((await newest())?.id))).rejects.toMatchObject({ code: "missing" });
  });
});
