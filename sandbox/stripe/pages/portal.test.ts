import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Checked, checkedOnClose } from "../test-checked.ts";
import { typed } from "../test-kit.ts";
import { april, day, onClock, subscribed } from "../test-life.ts";

let stripe: Checked;
beforeEach(async () => {
  stripe = await checkedOnClose();
});
afterEach(() => stripe.close());

const { email: _email, ...cardTyped } = typed;
const path = (url: string | null | undefined) => new URL(String(url)).pathname;
const get = (at: string) => fetch(stripe.at(at), { redirect: "manual" });
const post = (at: string, form: Record<string, string>) =>
  fetch(stripe.at(at), { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
const giveCard = (at: string, card: string) => post(at, { ...cardTyped, card });
const portalFor = async (customer: string, more: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) => {
  const made = await stripe.sdk.billingPortal.sessions.create({
    customer,
    return_url: "http://shop.example/home",
    ...more,
  });
  return { ...made, at: path(made.url) };
};
const changing: Stripe.BillingPortal.SessionCreateParams.FlowData = {
  type: "payment_method_update",
  after_completion: { type: "redirect", redirect: { return_url: "http://shop.example/changed" } },
};

describe("the billing portal", () => {
  test("shows the card, what runs, the bills, and the way back", async () => {
    const { customer, invoice } = await subscribed(stripe);
    const { at } = await portalFor(customer);
    const page = await (await get(at)).text();
    for (const words of ["visa ending in 4242", "renews on", "http://shop.example/home", `/i/${invoice}`])
      expect(page).toContain(words);
  });

  test("changes the card of everything that runs, and leads where the flow says", async () => {
    const { customer, subscription } = await subscribed(stripe);
    const { at, flow } = await portalFor(customer, { flow_data: changing });
    expect(flow).toMatchObject({ type: "payment_method_update" });
    expect((await get(at)).headers.get("location")).toBe(`${at}/card`);
    const done = await giveCard(`${at}/card`, "5555555555554444");
    expect(done.headers.get("location")).toBe("http://shop.example/changed");
    const [card] = (await stripe.sdk.customers.listPaymentMethods(customer)).data;
    expect(card?.card).toMatchObject({ brand: "mastercard", last4: "4444" });
    expect((await stripe.sdk.subscriptions.retrieve(subscription.id)).default_payment_method).toBe(card?.id);
    expect(await stripe.sdk.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: card?.id },
    });
    expect(await stripe.count("charge.succeeded")).toBe(1);
  });

  test("says so in words where the flow ends on a page of its own", async () => {
    const { customer } = await subscribed(stripe);
    const after_completion = { type: "hosted_confirmation", hosted_confirmation: { custom_message: "All well." } };
    const { at } = await portalFor(customer, { flow_data: { ...changing, after_completion } });
    expect(await (await giveCard(`${at}/card`, "4242424242424242")).text()).toContain("All well.");
  });

  test("asks the bank about a card whose bank wants that, and keeps none without its yes", async () => {
    const { customer } = await subscribed(stripe);
    const { at } = await portalFor(customer, { flow_data: changing });
    const asked = await giveCard(`${at}/card`, "4000002500003155");
    expect(asked.headers.get("location")).toBe(`${at}/confirm`);
    expect(await (await get(`${at}/confirm`)).text()).toContain("Complete authentication");
    const no = await post(`${at}/confirm`, { answer: "no" });
    expect(await no.text()).toContain("We are unable to authenticate your payment method.");
    expect((await stripe.sdk.customers.listPaymentMethods(customer)).data).toHaveLength(1);
    await giveCard(`${at}/card`, "4000002500003155");
    const yes = await post(`${at}/confirm`, { answer: "yes" });
    expect(yes.headers.get("location")).toBe("http://shop.example/changed");
    expect((await stripe.sdk.customers.listPaymentMethods(customer)).data).toHaveLength(2);
  });

  test("refuses a card that the bank refuses, and one that is none", async () => {
    const { customer } = await subscribed(stripe);
    const { at } = await portalFor(customer);
    const refused = await giveCard(`${at}/card`, "4000000000000002");
    expect([refused.status, await refused.text()]).toEqual([402, expect.stringContaining("Your card was declined.")]);
    const none = await giveCard(`${at}/card`, "4242424242424241");
    expect([none.status, await none.text()]).toEqual([422, expect.stringContaining("This is not a card number.")]);
    expect((await stripe.sdk.customers.listPaymentMethods(customer)).data).toHaveLength(1);
  });

  test("tells a subscription to end with its period, and to stay", async () => {
    const { customer, subscription } = await subscribed(stripe);
    const flow_data: Stripe.BillingPortal.SessionCreateParams.FlowData = {
      type: "subscription_cancel",
      subscription_cancel: { subscription: subscription.id },
    };
    const { at } = await portalFor(customer, { flow_data });
    const cancel = String((await get(at)).headers.get("location"));
    expect(await (await get(cancel)).text()).toContain("Cancel your subscription?");
    expect((await post(cancel, {})).status).toBe(200);
    expect(await stripe.sdk.subscriptions.retrieve(subscription.id)).toMatchObject({ cancel_at_period_end: true });
    await post(cancel, {});
    expect(await stripe.sdk.subscriptions.retrieve(subscription.id)).toMatchObject({ cancel_at_period_end: false });
  });

  test("lets nobody touch what is another's, and runs out after an hour", async () => {
    const { customer } = await subscribed(stripe);
    const other = await subscribed(stripe);
    const { at } = await portalFor(customer);
    expect((await get(`${at}/cancel/${other.subscription.id}`)).status).toBe(404);
    expect((await post(`${at}/cancel/${other.subscription.id}`, {})).status).toBe(404);
    expect((await get("/p/session/bps_none")).status).toBe(404);
    stripe.push(3700);
    expect((await get(at)).status).toBe(410);
    expect((await giveCard(`${at}/card`, "4242424242424242")).status).toBe(410);
  });
});

describe("an invoice's page", () => {
  const openBill = async () => {
    const family = await onClock(stripe, { card: "4000000000000341" });
    await family.until(april + 31 * day);
    const [bill] = (await stripe.sdk.invoices.list({ status: "open" })).data;
    return { ...family, id: String(bill?.id), at: path(bill?.hosted_invoice_url) };
  };

  test("takes the payment of an open bill, and the card pays what comes as well", async () => {
    const { at, id, subscription, until } = await openBill();
    expect(await (await get(at)).text()).toContain("Pay £6.25");
    expect((await giveCard(`${at}/pay`, "4242424242424242")).headers.get("location")).toBe(at);
    expect(await stripe.sdk.invoices.retrieve(id)).toMatchObject({ status: "paid" });
    expect((await stripe.sdk.subscriptions.retrieve(subscription.id)).status).toBe("active");
    await until(april + 62 * day);
    expect((await stripe.sdk.invoices.list({ limit: 1 })).data[0]).toMatchObject({ status: "paid" });
    expect((await get(`${at}/pay`)).headers.get("location")).toBe(at);
  });

  test("asks the bank, and says when it says no", async () => {
    const { at, id } = await openBill();
    expect((await giveCard(`${at}/pay`, "4000002760003184")).headers.get("location")).toBe(`${at}/confirm`);
    expect(await (await get(`${at}/confirm`)).text()).toContain("A payment of £6.25");
    expect((await post(`${at}/confirm`, { answer: "no" })).status).toBe(402);
    await giveCard(`${at}/pay`, "4000002760003184");
    expect((await post(`${at}/confirm`, { answer: "yes" })).headers.get("location")).toBe(at);
    expect(await stripe.sdk.invoices.retrieve(id)).toMatchObject({ status: "paid" });
    const [charge] = (await stripe.sdk.charges.list({ limit: 1 })).data;
    expect(charge?.payment_method_details?.card?.three_d_secure?.result).toBe("authenticated");
  });

  test("leaves the bill open when the card is refused, and its schedule as it was", async () => {
    const { at, id } = await openBill();
    const before = await stripe.sdk.invoices.retrieve(id);
    const refused = await giveCard(`${at}/pay`, "4000000000009995");
    expect(await refused.text()).toContain("Your card has insufficient funds.");
    const { status, next_payment_attempt: next } = await stripe.sdk.invoices.retrieve(id);
    expect([status, next]).toEqual(["open", before.next_payment_attempt]);
  });
});
