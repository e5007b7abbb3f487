import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Checked, checkedOnClose } from "./test-checked.ts";
import { typed } from "./test-kit.ts";
import { subscribed } from "./test-life.ts";

let stripe: Checked;
beforeEach(async () => {
  stripe = await checkedOnClose();
});
afterEach(() => stripe.close());

const success_url = "http://shop.example/given?session={CHECKOUT_SESSION_ID}";
const keeping = (customer: string): Stripe.Checkout.SessionCreateParams => ({
  ...{ mode: "setup", customer, success_url, cancel_url: "http://shop.example/back" },
  ...{ allowed_payment_method_types: ["card"], client_reference_id: "ord_1", metadata: { change: "chg_1" } },
});
const ben = { ...typed, email: "ben@example.org", name: "Ben Smith" };
const send = (path: string, form: Record<string, string>) =>
  fetch(stripe.at(path), { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
const give = (id: string, card: string) => send(`/c/setup/${id}`, { ...ben, card });
const open = async () => {
  const { customer, subscription } = await subscribed(stripe);
  return { customer, subscription, session: await stripe.sdk.checkout.sessions.create(keeping(customer)) };
};

describe("a session in setup mode", () => {
  test("keeps a card for its customer, charges nothing, and makes it nobody's default", async () => {
    const { customer, subscription, session } = await open();
    expect(session).toMatchObject({ mode: "setup", amount_total: null, currency: null, status: "open" });
    expect((await give(session.id, "5555555555554444")).headers.get("location")).toBe(
      `http://shop.example/given?session=${session.id}`,
    );
    const [found] = (
      await stripe.sdk.checkout.sessions.list({ customer, status: "complete", expand: ["data.setup_intent"] })
    ).data;
    const intent = found?.setup_intent as Stripe.SetupIntent;
    expect(found).toMatchObject({
      id: session.id,
      payment_status: "no_payment_required",
      metadata: { change: "chg_1" },
    });
    expect(intent).toMatchObject({ status: "succeeded", customer });
    expect(await stripe.sdk.paymentMethods.retrieve(String(intent.payment_method))).toMatchObject({
      customer,
      billing_details: { email: "ben@example.org", name: "Ben Smith" },
      card: { last4: "4444" },
    });
    expect((await stripe.sdk.subscriptions.retrieve(subscription.id)).default_payment_method).toBe(
      subscription.default_payment_method,
    );
    expect([await stripe.count("charge.succeeded"), await stripe.count("setup_intent.succeeded")]).toEqual([1, 1]);
  });

  test("keeps none that the bank refuses, or that nobody says yes to", async () => {
    const { customer, session } = await open();
    const refused = await give(session.id, "4000000000000002");
    expect([refused.status, await refused.text()]).toEqual([402, expect.stringContaining("Your card was declined.")]);
    expect((await give(session.id, "4000002500003155")).headers.get("location")).toBe(`/c/setup/${session.id}/confirm`);
    expect((await send(`/c/setup/${session.id}/confirm`, { answer: "no" })).status).toBe(402);
    expect((await stripe.sdk.customers.listPaymentMethods(customer)).data).toHaveLength(1);
    await give(session.id, "4000002500003155");
    const yes = await send(`/c/setup/${session.id}/confirm`, { answer: "yes" });
    expect(yes.headers.get("location")).toContain(session.id);
    expect((await stripe.sdk.customers.listPaymentMethods(customer)).data).toHaveLength(2);
  });

  test("that was ended, or ran out, takes no card", async () => {
    const { customer, session } = await open();
    await stripe.sdk.checkout.sessions.expire(session.id);
    expect((await give(session.id, "4242424242424242")).status).toBe(410);
    const { id } = await stripe.sdk.checkout.sessions.create(keeping(customer));
    stripe.push(86_500);
    expect((await give(id, "4242424242424242")).status).toBe(410);
    expect(await stripe.sdk.checkout.sessions.retrieve(id)).toMatchObject({ status: "expired" });
  });

  test("sells nothing, and is for a customer there is", async () => {
    const { customer } = await open();
    const create = (more: Partial<Stripe.Checkout.SessionCreateParams>) =>
      stripe.sdk.checkout.sessions.create({ ...keeping(customer), ...more });
    await expect(create({ allow_promotion_codes: true })).rejects.toMatchObject({ param: "allow_promotion_codes" });
    await expect(create({ customer: "cus_none" })).rejects.toMatchObject({ code: "resource_missing" });
    await expect(create({ allowed_payment_method_types: undefined as never })).rejects.toMatchObject({
      code: "parameter_missing",
    });
    expect((await stripe.sdk.checkout.sessions.listLineItems((await create({})).id)).data).toEqual([]);
  });
});
