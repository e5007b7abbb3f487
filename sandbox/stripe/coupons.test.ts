import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Checked, checkedOnClose } from "./test-checked.ts";
import { submit } from "./test-kit.ts";
import { amounts, april, day, monthly, onClock, subscribed } from "./test-life.ts";

let stripe: Checked;
beforeEach(async () => {
  stripe = await checkedOnClose();
});
afterEach(() => stripe.close());

const totals = async () => (await stripe.sdk.invoices.list()).data.map(({ total }) => total).reverse();
const with_ = (coupon: string) => ({ more: { discounts: [{ coupon }] } });

describe("a coupon", () => {
  test("for one bill takes a tenth off each line of the first, and nothing later", async () => {
    const { id } = await stripe.sdk.coupons.create({ percent_off: 10, duration: "once", name: "Welcome" });
    const { session, invoice, subscription, until } = await onClock(stripe, with_(id));
    expect(session).toMatchObject({ amount_subtotal: 625, amount_total: 562, total_details: { amount_discount: 63 } });
    expect(session.discounts).toEqual([{ coupon: id, promotion_code: null }]);
    const first = await stripe.sdk.invoices.retrieve(invoice, { expand: ["discounts.source.coupon"] });
    expect(first).toMatchObject({ subtotal: 625, total: 562, amount_paid: 562 });
    expect(first.lines.data.map(({ discount_amounts: off }) => off?.[0]?.amount)).toEqual([50, 13]);
    expect(first.total_discount_amounts?.map(({ amount }) => amount)).toEqual([63]);
    expect((first.discounts[0] as Stripe.Discount).source.coupon).toMatchObject({ id, times_redeemed: 1 });
    expect(subscription.discounts).toEqual([]);
    await until(april + 31 * day);
    expect(await totals()).toEqual([562, 625]);
  });

  test("for three months takes a fixed sum off three bills", async () => {
    const { id } = await stripe.sdk.coupons.create({
      amount_off: 100,
      currency: "gbp",
      duration: "repeating",
      duration_in_months: 3,
    });
    const { until, subscription } = await onClock(stripe, with_(id));
    expect(subscription.discounts).toHaveLength(1);
    await until(april + 59 * day);
    await until(april + 100 * day);
    expect(await totals()).toEqual([525, 525, 525, 625]);
    expect((await stripe.sdk.subscriptions.retrieve(subscription.id)).discounts).toEqual([]);
  });

  test("for ever is in each bill, in prorations and in what they give back", async () => {
    const { id } = await stripe.sdk.coupons.create({ percent_off: 50, duration: "forever" });
    const { until, subscription } = await onClock(stripe, with_(id));
    await until(april + 10 * day);
    const change = { items: [{ id: String(subscription.items.data[0]?.id), quantity: 2 }] };
    const next = await stripe.sdk.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: change,
    });
    expect(amounts(next)).toEqual([-167, 333, 1000, 125]);
    expect(next).toMatchObject({ subtotal: 1291, total: 728 });
    await stripe.sdk.subscriptions.update(subscription.id, change);
    await until(april + 31 * day);
    expect(await totals()).toEqual([312, 728]);
  });

  test("that takes everything leaves nothing to charge", async () => {
    const { id } = await stripe.sdk.coupons.create({ percent_off: 100, duration: "once" });
    const { session } = await subscribed(stripe, with_(id));
    expect(session).toMatchObject({ amount_total: 0, payment_status: "no_payment_required" });
    expect((await stripe.sdk.charges.list()).data).toEqual([]);
  });

  test("is redeemed as often as it may be, and until its day", async () => {
    const { id } = await stripe.sdk.coupons.create({ percent_off: 10, max_redemptions: 1 });
    await subscribed(stripe, with_(id));
    expect(await stripe.sdk.coupons.retrieve(id)).toMatchObject({ valid: false, times_redeemed: 1 });
    await expect(subscribed(stripe, with_(id))).rejects.toMatchObject({ code: "coupon_expired" });
    const redeem_by = Math.floor(Date.now() / 1000) + 10;
    const brief = await stripe.sdk.coupons.create({ percent_off: 10, redeem_by });
    stripe.push(60);
    await expect(subscribed(stripe, with_(brief.id))).rejects.toMatchObject({ code: "coupon_expired" });
  });

  test("that is deleted stays with those who have it", async () => {
    const { id } = await stripe.sdk.coupons.create({ percent_off: 20, duration: "forever" });
    const { until } = await onClock(stripe, with_(id));
    expect(await stripe.sdk.coupons.del(id)).toMatchObject({ deleted: true });
    expect((await stripe.sdk.coupons.list()).data).toEqual([]);
    await until(april + 31 * day);
    expect(await totals()).toEqual([500, 500]);
  });
});

describe("a discount of a subscription", () => {
  test("is given and taken by updates", async () => {
    const { id } = await stripe.sdk.coupons.create({ amount_off: 200, currency: "gbp", duration: "forever" });
    const { subscription } = await onClock(stripe);
    const given = await stripe.sdk.subscriptions.update(subscription.id, { discounts: [{ coupon: id }] });
    expect(given.discounts).toHaveLength(1);
    expect((await stripe.sdk.invoices.createPreview({ subscription: subscription.id })).total).toBe(425);
    expect(await stripe.sdk.subscriptions.deleteDiscount(subscription.id)).toMatchObject({ deleted: true });
    expect((await stripe.sdk.subscriptions.retrieve(subscription.id)).discounts).toEqual([]);
    const { data } = await stripe.sdk.events.list({ types: ["customer.discount.*"] });
    expect(data.map(({ type }) => type).reverse()).toEqual(["customer.discount.created", "customer.discount.deleted"]);
  });
});

describe("a promotion code", () => {
  const makeCode = async (more: Partial<Stripe.PromotionCodeCreateParams> = {}) => {
    const { id } = await stripe.sdk.coupons.create({ percent_off: 20, duration: "once" });
    return stripe.sdk.promotionCodes.create({ promotion: { type: "coupon", coupon: id }, code: "FAMILY20", ...more });
  };

  test("is typed on the payment page and changes the sum", async () => {
    const code = await makeCode();
    const session = await stripe.sdk.checkout.sessions.create({
      mode: "subscription",
      success_url: "http://shop.example/paid",
      allow_promotion_codes: true,
      line_items: [monthly("A home", 500)],
    });
    const type = (body: string) =>
      fetch(stripe.at(`/c/pay/${session.id}/code`), { method: "POST", body: new URLSearchParams({ code: body }) });
    expect(await (await type("nothing")).text()).toContain("£5.00");
    expect(await (await type("family20")).text()).toContain("-£1.00");
    await submit(stripe, session.id, "4242424242424242");
    const paid = await stripe.sdk.checkout.sessions.retrieve(session.id, { expand: ["discounts.promotion_code"] });
    expect(paid).toMatchObject({ amount_total: 400 });
    expect(paid.discounts?.[0]?.promotion_code).toMatchObject({ id: code.id, times_redeemed: 1 });
    expect((await stripe.sdk.charges.list()).data[0]?.amount).toBe(400);
  });

  test("can be given in the request, for a first purchase only, and be switched off", async () => {
    const code = await makeCode({ restrictions: { first_time_transaction: true } });
    const more = { discounts: [{ promotion_code: code.id }] };
    const { customer } = await subscribed(stripe, { more });
    await expect(subscribed(stripe, { customer, more })).rejects.toMatchObject({
      code: "promotion_code_customer_not_first_time",
    });
    expect((await stripe.sdk.promotionCodes.list({ code: "FAMILY20" })).data).toHaveLength(1);
    await stripe.sdk.promotionCodes.update(code.id, { active: false });
    await expect(subscribed(stripe, { more })).rejects.toMatchObject({ code: "promotion_code_expired" });
  });
});
