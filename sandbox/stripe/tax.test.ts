import fc from "fast-check";
import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Checked, checkedOnClose } from "./test-checked.ts";
import { april, day, monthly, onClock, subscribed } from "./test-life.ts";

let stripe: Checked;
beforeEach(async () => {
  stripe = await checkedOnClose();
});
afterEach(() => stripe.close());

const taxed = { automatic_tax: { enabled: true } };
const newest = async () => (await stripe.sdk.invoices.list({ limit: 1 })).data[0];

describe("tax that is included", () => {
  test("is shown on the session, on each line and in the invoice's totals, and changes no price", async () => {
    const { session, invoice } = await subscribed(stripe, { more: taxed });
    // A sixth of £5.00 and of £1.25 is the 20 per cent in them.
    expect(session).toMatchObject({ amount_total: 625, total_details: { amount_tax: 104 } });
    expect(session.automatic_tax.status).toBe("complete");
    const bill = await stripe.sdk.invoices.retrieve(invoice);
    expect(bill).toMatchObject({ total: 625, total_excluding_tax: 521, subtotal_excluding_tax: 521 });
    expect(bill.lines.data.map(({ taxes }) => taxes?.[0]?.amount)).toEqual([83, 21]);
    expect(bill.total_taxes).toMatchObject([
      { amount: 104, tax_behavior: "inclusive", taxability_reason: "standard_rated", taxable_amount: 521 },
    ]);
    const rate = await stripe.sdk.taxRates.retrieve(String(bill.total_taxes?.[0]?.tax_rate_details?.tax_rate));
    expect(rate).toMatchObject({ percentage: 20, inclusive: true, country: "GB" });
    expect((await stripe.sdk.taxRates.list()).data).toHaveLength(1);
  });

  test.each([
    ["DE", 100],
    ["IE", 116],
    ["US", 0],
  ])("is the rate of the payer's country: %s", async (country, tax) => {
    const { session } = await subscribed(stripe, { country, more: taxed });
    expect(session.total_details?.amount_tax).toBe(tax);
  });

  test("is not known on the page before the payer's country is", async () => {
    const session = await stripe.sdk.checkout.sessions.create({
      mode: "subscription",
      success_url: "http://shop.example/paid",
      line_items: [monthly("A home", 500)],
      ...taxed,
    });
    expect(session).toMatchObject({
      automatic_tax: { status: "requires_location_inputs" },
      total_details: { amount_tax: 0 },
    });
  });

  test("needs the known customer's address, or leave to keep the one that is typed", async () => {
    const { id } = await stripe.sdk.customers.create({ email: "anna@example.org" });
    await expect(subscribed(stripe, { customer: id, more: taxed })).rejects.toMatchObject({
      code: "customer_tax_location_invalid",
    });
    const more = { ...taxed, customer_update: { address: "auto" as const } };
    const { session } = await subscribed(stripe, { customer: id, country: "FR", more });
    expect(session.total_details?.amount_tax).toBe(104);
    expect(((await stripe.sdk.customers.retrieve(id)) as Stripe.Customer).address?.country).toBe("FR");
  });

  test("is taken of what a coupon leaves, in prorations and in what goes back", async () => {
    const coupon = await stripe.sdk.coupons.create({ percent_off: 50, duration: "forever" });
    const { subscription, until } = await onClock(stripe, {
      country: "GB",
      more: { ...taxed, discounts: [{ coupon: coupon.id }] },
    });
    await until(april + 10 * day);
    await stripe.sdk.subscriptions.update(subscription.id, {
      items: [{ id: String(subscription.items.data[0]?.id), quantity: 2 }],
      proration_behavior: "always_invoice",
    });
    const bill = await newest();
    expect(bill?.lines.data.map(({ amount, taxes }) => [amount, taxes?.[0]?.amount])).toEqual([
      [-167, -28],
      [333, 56],
    ]);
    expect(bill?.total_taxes?.[0]?.amount).toBe(28);
  });

  test("of a customer whose country is gone keeps the bill a draft and tells of it", async () => {
    const { until, customer } = await onClock(stripe, { country: "GB", more: taxed });
    await stripe.sdk.customers.update(customer, { address: "" });
    await until(april + 31 * day);
    expect(await newest()).toMatchObject({
      status: "draft",
      last_finalization_error: { code: "customer_tax_location_invalid" },
    });
    const [failed] = (await stripe.sdk.events.list({ type: "invoice.finalization_failed" })).data;
    expect(failed).toBeDefined();
    await expect(stripe.sdk.invoices.finalizeInvoice(String((await newest())?.id))).rejects.toMatchObject({
      code: "customer_tax_location_invalid",
    });
    await stripe.sdk.customers.update(customer, { address: { country: "DE" } });
    const open = await stripe.sdk.invoices.finalizeInvoice(String((await newest())?.id));
    expect(open.total_taxes?.[0]?.amount).toBe(100);
  });

  test("is previewed for somebody we do not know yet", async () => {
    const { subscription } = await subscribed(stripe);
    const product = String(subscription.items.data[0]?.price.product);
    const preview = await stripe.sdk.invoices.createPreview({
      ...taxed,
      customer_details: { address: { country: "DE" } },
      subscription_details: {
        items: [{ price_data: { currency: "eur", unit_amount: 1190, product, recurring: { interval: "month" } } }],
      },
    });
    expect(preview).toMatchObject({ total: 1190, total_excluding_tax: 1000 });
  });
});

test("tax on top is added to what an invoice costs", async () => {
  const { subscription, customer } = await subscribed(stripe);
  const product = String(subscription.items.data[0]?.price.product);
  const draft = await stripe.sdk.invoices.create({ customer, ...taxed });
  await stripe.sdk.invoiceItems.create({
    customer,
    invoice: draft.id,
    price_data: { currency: "gbp", product, unit_amount: 1000, tax_behavior: "exclusive" },
  });
  expect(await stripe.sdk.invoices.retrieve(draft.id)).toMatchObject({
    subtotal: 1000,
    subtotal_excluding_tax: 1000,
    total: 1200,
    total_excluding_tax: 1000,
    amount_due: 1200,
  });
});

describe("a currency without a smaller unit", () => {
  test("is whole yen on the page, on the bill, in proration, tax and charge", async () => {
    const items = [monthly("A home", 980, { currency: "jpy" }), monthly("The name", 245, { currency: "jpy" })];
    const { subscription, session, until } = await onClock(stripe, { items, country: "JP", more: taxed });
    expect(session).toMatchObject({ amount_total: 1225, total_details: { amount_tax: 111 } });
    await until(april + 10 * day);
    await stripe.sdk.subscriptions.update(subscription.id, {
      items: [{ id: String(subscription.items.data[0]?.id), quantity: 2 }],
      proration_behavior: "always_invoice",
    });
    const bill = await newest();
    expect(bill?.lines.data.map(({ amount }) => amount)).toEqual([-653, 1307]);
    expect(bill?.lines.data[1]?.description).toContain("at JP¥980 / month");
    expect((await stripe.sdk.charges.list({ limit: 1 })).data[0]).toMatchObject({ amount: 654, currency: "jpy" });
  });

  test("has a least sum of its own, below which it waits", async () => {
    const { customer } = await subscribed(stripe, { items: [monthly("A home", 980, { currency: "jpy" })] });
    const small = async (amount: number) => {
      const draft = await stripe.sdk.invoices.create({ customer, currency: "jpy" });
      await stripe.sdk.invoiceItems.create({ customer, invoice: draft.id, amount, currency: "jpy" });
      return stripe.sdk.invoices.finalizeInvoice(draft.id);
    };
    expect(await small(49)).toMatchObject({ status: "paid", amount_due: 0, ending_balance: 49 });
    expect(await small(10)).toMatchObject({ status: "open", amount_due: 59, starting_balance: 49, ending_balance: 0 });
  });
});

test("a bill's sums fit together, whatever its lines", async () => {
  const { customer } = await subscribed(stripe);
  const lines = fc.array(fc.integer({ min: -2000, max: 9999 }), { minLength: 1, maxLength: 5 });
  const property = fc.asyncProperty(lines, fc.constantFrom("GB", "CH", "FI", "US"), async (sums, country) => {
    await stripe.sdk.customers.update(customer, { address: { country } });
    const draft = await stripe.sdk.invoices.create({ customer, currency: "gbp", ...taxed });
    await stripe.sdk.invoices.addLines(draft.id, { lines: sums.map((amount) => ({ amount, description: "A thing" })) });
    const bill = await stripe.sdk.invoices.retrieve(draft.id);
    const tax = bill.total_taxes?.reduce((sum, { amount }) => sum + amount, 0) ?? 0;
    expect(bill.total).toBe(sums.reduce((sum, one) => sum + one, 0));
    expect(bill.total_excluding_tax).toBe(bill.total - tax);
    const ofLines = bill.lines.data.reduce((sum, { taxes }) => sum + (taxes?.[0]?.amount ?? 0), 0);
    expect(ofLines).toBe(tax);
  });
  await fc.assert(property, { numRuns: 25 });
});
