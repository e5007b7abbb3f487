import fc from "fast-check";
import type Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Checked, checkedOnClose } from "./test-checked.ts";
import { amounts, april, day, monthly, onClock } from "./test-life.ts";

let stripe: Checked;
beforeEach(async () => {
  stripe = await checkedOnClose();
});
afterEach(() => stripe.close());

type Items = Stripe.SubscriptionUpdateParams.Item[];
const newest = async () => (await stripe.sdk.invoices.list({ limit: 1 })).data[0];
const priceOf = (
  item: Stripe.SubscriptionItem | undefined,
  unit_amount: number,
  interval: "month" | "year" = "month",
) => ({
  currency: String(item?.price.currency),
  product: String(item?.price.product),
  unit_amount,
  recurring: { interval },
});

/** On 11 April twenty of thirty days are left. */
const later = april + 10 * day;
async function inApril(items = [monthly("A home", 500), monthly("The name", 125)]) {
  const family = await onClock(stripe, { items });
  await family.until(later);
  const [home, name] = family.subscription.items.data;
  return { ...family, id: family.subscription.id, home, name };
}

describe("a change within the month", () => {
  test("waits for the next bill: what is unused goes back, what remains is asked for", async () => {
    const { id, home, until } = await inApril();
    await stripe.sdk.subscriptions.update(id, { items: [{ id: String(home?.id), quantity: 3 }] });
    const waiting = await stripe.sdk.invoiceItems.list({ pending: true });
    // Two thirds of £5.00, and of £15.00.
    expect(waiting.data.map(({ amount, proration, description }) => [amount, proration, description])).toEqual([
      [1000, true, "Remaining time on 3 × A home (at £5.00 / month) after 11 Apr 2027"],
      [-333, true, "Unused time on 1 × A home (at £5.00 / month) after 11 Apr 2027"],
    ]);
    await until(april + 31 * day);
    expect(await newest()).toMatchObject({ status: "paid", billing_reason: "subscription_cycle", total: 2292 });
    expect(amounts(await newest())).toEqual([-333, 1000, 1500, 125]);
    const lines = (await newest())?.lines.data ?? [];
    expect(lines.map(({ parent }) => parent?.subscription_item_details?.proration)).toEqual([true, true, false, false]);
    expect((await stripe.sdk.invoiceItems.list({ pending: true })).data).toEqual([]);
  });

  test("is billed at once when that is asked, and names the line it gives back", async () => {
    const { id, home, invoice } = await inApril();
    const [first] = (await stripe.sdk.invoices.retrieve(invoice)).lines.data;
    const after = await stripe.sdk.subscriptions.update(id, {
      items: [{ id: String(home?.id), price_data: priceOf(home, 900) }],
      proration_behavior: "always_invoice",
    });
    const billed = await newest();
    expect(billed).toMatchObject({ id: after.latest_invoice, status: "paid", billing_reason: "subscription_update" });
    expect(amounts(billed)).toEqual([-333, 600]);
    expect(billed?.lines.data[0]?.parent?.subscription_item_details?.proration_details?.credited_items).toEqual({
      invoice,
      invoice_line_items: [first?.id],
    });
  });

  test("costs nothing where no proration is asked, not even later", async () => {
    const { id, home, until } = await inApril();
    await stripe.sdk.subscriptions.update(id, {
      items: [{ id: String(home?.id), quantity: 2 }],
      proration_behavior: "none",
    });
    await until(april + 31 * day);
    expect(amounts(await newest())).toEqual([1000, 125]);
  });

  test("counts from the date that is given, and from no date outside the period", async () => {
    const { id, home } = await inApril();
    const change = { items: [{ id: String(home?.id), quantity: 2 }], proration_behavior: "always_invoice" as const };
    await expect(stripe.sdk.subscriptions.update(id, { ...change, proration_date: april - day })).rejects.toMatchObject(
      { param: "proration_date" },
    );
    await stripe.sdk.subscriptions.update(id, { ...change, proration_date: april + 15 * day });
    expect(amounts(await newest())).toEqual([-250, 500]);
  });

  test("gives back only what was billed: the latest sum, once", async () => {
    const { id, home, until } = await inApril();
    const to = (quantity: number) =>
      stripe.sdk.subscriptions.update(id, {
        items: [{ id: String(home?.id), quantity }],
        proration_behavior: "always_invoice",
      });
    await to(2);
    await until(april + 20 * day);
    await to(1);
    // Of the £6.67 for twenty days, ten are left; and £1.67 for one home. What is too much becomes credit.
    expect(amounts(await newest())).toEqual([-334, 167]);
    expect(await newest()).toMatchObject({ total: -167, amount_due: 0, status: "paid", ending_balance: -167 });
    expect((await stripe.sdk.customers.retrieve(String((await newest())?.customer))) as Stripe.Customer).toMatchObject({
      balance: -167,
    });
    await until(april + 31 * day);
    expect(await newest()).toMatchObject({ total: 625, starting_balance: -167, amount_due: 458, ending_balance: 0 });
  });

  test("that was billed and then voided never was: what it gave back is there again", async () => {
    const { id, home } = await inApril();
    const change = (quantity: number) =>
      stripe.sdk.subscriptions.update(id, {
        items: [{ id: String(home?.id), quantity }],
        proration_behavior: "always_invoice",
      });
    const card = await stripe.sdk.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: String((await newest())?.customer),
    });
    await stripe.sdk.subscriptions.update(id, { default_payment_method: card.id });
    await change(3);
    await stripe.sdk.invoices.voidInvoice(String((await newest())?.id));
    await change(1);
    expect(amounts(await newest())).toEqual([-333, 333]);
  });

  test("is counted from no moment before the last change", async () => {
    const { id, home } = await inApril();
    const change = (quantity: number, proration_date: number) =>
      stripe.sdk.subscriptions.update(id, { items: [{ id: String(home?.id), quantity }], proration_date });
    await change(2, later - day);
    await expect(change(3, later - 2 * day)).rejects.toMatchObject({ param: "proration_date" });
  });

  test("takes an item away and adds another", async () => {
    const { id, name, home } = await inApril();
    const items: Items = [{ id: String(name?.id), deleted: true }, { price_data: priceOf(home, 300) }];
    await stripe.sdk.subscriptions.update(id, { items, proration_behavior: "always_invoice" });
    expect(amounts(await newest())).toEqual([-83, 200]);
  });

  test("from month to year begins a new cycle, paid at once", async () => {
    const { id, home, name } = await inApril();
    const items: Items = [
      { id: String(home?.id), price_data: priceOf(home, 5000, "year") },
      { id: String(name?.id), deleted: true },
    ];
    const after = await stripe.sdk.subscriptions.update(id, { items });
    expect(after).toMatchObject({ billing_cycle_anchor: later });
    expect(after.items.data[0]).toMatchObject({ current_period_start: later, current_period_end: later + 366 * day });
    expect(amounts(await newest())).toEqual([-333, -83, 5000]);
  });

  test("can begin the cycle anew with the same price", async () => {
    const { id } = await inApril();
    const after = await stripe.sdk.subscriptions.update(id, { billing_cycle_anchor: { type: "now" } });
    expect(after.items.data[0]?.current_period_end).toBe(later + 30 * day);
    expect(amounts(await newest())).toEqual([-333, -83, 500, 125]);
  });
});

describe("the end of a subscription", () => {
  test("at once gives nothing back by itself, and drops prorations that waited", async () => {
    const { id, home } = await inApril();
    await stripe.sdk.subscriptions.update(id, { items: [{ id: String(home?.id), quantity: 2 }] });
    await stripe.sdk.subscriptions.cancel(id);
    expect((await stripe.sdk.invoiceItems.list({ pending: true })).data).toEqual([]);
    expect((await stripe.sdk.invoices.list()).data).toHaveLength(1);
  });

  test("at once with proration and a last invoice turns the unused days into credit", async () => {
    const { id, customer } = await inApril();
    await stripe.sdk.subscriptions.cancel(id, { prorate: true, invoice_now: true });
    expect(amounts(await newest())).toEqual([-333, -83]);
    const [credit] = (await stripe.sdk.customers.listBalanceTransactions(customer)).data;
    expect(credit).toMatchObject({ amount: -416, ending_balance: -416, type: "applied_to_invoice" });
  });

  test("with its period bills what waited", async () => {
    const { id, customer, until } = await inApril();
    await stripe.sdk.invoiceItems.create({
      customer,
      amount: 750,
      currency: "gbp",
      description: "The rest of the year",
      subscription: id,
    });
    await stripe.sdk.subscriptions.update(id, { cancel_at_period_end: true });
    const preview = await stripe.sdk.invoices.createPreview({ subscription: id });
    expect(preview).toMatchObject({ total: 750 });
    await until(april + 31 * day);
    expect(await newest()).toMatchObject({ total: 750, status: "paid" });
    expect((await stripe.sdk.subscriptions.retrieve(id)).status).toBe("canceled");
  });

  test("can be taken back while it has not come", async () => {
    const { id, until } = await inApril();
    await stripe.sdk.subscriptions.update(id, { cancel_at_period_end: true });
    await expect(stripe.sdk.invoices.createPreview({ subscription: id })).rejects.toMatchObject({
      code: "invoice_upcoming_none",
    });
    await stripe.sdk.subscriptions.update(id, { cancel_at_period_end: false });
    await until(april + 31 * day);
    expect(await newest()).toMatchObject({ total: 625, status: "paid" });
  });
});

describe("an invoice item", () => {
  test("waits for the next bill, can be changed until then, and be taken away", async () => {
    const { customer, until } = await inApril();
    const item = await stripe.sdk.invoiceItems.create({
      customer,
      amount: 400,
      currency: "gbp",
      description: "A visit",
    });
    await stripe.sdk.invoiceItems.update(item.id, { amount: 450 });
    const other = await stripe.sdk.invoiceItems.create({ customer, amount: 100, currency: "gbp" });
    await stripe.sdk.invoiceItems.del(other.id);
    await until(april + 31 * day);
    expect(amounts(await newest())).toEqual([450, 500, 125]);
    await expect(stripe.sdk.invoiceItems.del(item.id)).rejects.toMatchObject({ statusCode: 400 });
  });

  test("makes an invoice of its own, with lines added while it is a draft", async () => {
    const { customer } = await inApril();
    await stripe.sdk.invoiceItems.create({ customer, amount: 400, currency: "gbp" });
    const draft = await stripe.sdk.invoices.create({ customer, pending_invoice_items_behavior: "include" });
    await stripe.sdk.invoices.addLines(draft.id, {
      lines: [{ price_data: { currency: "gbp", unit_amount: 150, product_data: { name: "Post" } }, quantity: 2 }],
    });
    await stripe.sdk.invoiceItems.create({ customer, invoice: draft.id, amount: 5, currency: "gbp" });
    await stripe.sdk.invoices.update(draft.id, { description: "By hand", metadata: { by: "staff" } });
    const open = await stripe.sdk.invoices.finalizeInvoice(draft.id);
    expect(open).toMatchObject({ status: "open", total: 705, amount_due: 705, billing_reason: "manual" });
    await expect(stripe.sdk.invoices.addLines(draft.id, { lines: [{ amount: 1 }] })).rejects.toMatchObject({
      code: "invoice_not_editable",
    });
    const [card] = (await stripe.sdk.customers.listPaymentMethods(customer)).data;
    expect(await stripe.sdk.invoices.pay(draft.id, { payment_method: String(card?.id) })).toMatchObject({
      status: "paid",
    });
  });

  test("is free again when its draft is deleted", async () => {
    const { customer } = await inApril();
    await stripe.sdk.invoiceItems.create({ customer, amount: 400, currency: "gbp" });
    const draft = await stripe.sdk.invoices.create({ customer, pending_invoice_items_behavior: "include" });
    expect(await stripe.sdk.invoices.del(draft.id)).toMatchObject({ deleted: true });
    expect((await stripe.sdk.invoiceItems.list({ pending: true })).data).toHaveLength(1);
  });
});

describe("a preview", () => {
  const scenario = fc.record({
    home: fc.integer({ min: 1, max: 9_999 }),
    name: fc.integer({ min: 1, max: 999 }),
    quantity: fc.integer({ min: 1, max: 7 }),
    currency: fc.constantFrom("gbp", "eur", "usd", "jpy"),
    seconds: fc.integer({ min: 1, max: 27 * day }),
    given: fc.option(fc.integer({ min: 0, max: 27 * day }), { nil: undefined }),
    behavior: fc.constantFrom("create_prorations" as const, "always_invoice" as const, "none" as const),
    change: fc.constantFrom("quantity", "price", "add", "remove", "year", "anew", "two", "leave"),
  });
  type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

  const changeOf = (wanted: Scenario, [home, name]: Stripe.SubscriptionItem[]): Stripe.SubscriptionUpdateParams => {
    const first = { id: String(home?.id) };
    const second = { id: String(name?.id) };
    const items: Record<string, Items> = {
      quantity: [{ ...first, quantity: wanted.quantity }],
      price: [{ ...first, price_data: priceOf(home, wanted.name * 3) }],
      add: [{ price_data: priceOf(home, wanted.name), quantity: wanted.quantity }],
      remove: [{ ...second, deleted: true }],
      year: [
        { ...first, price_data: priceOf(home, wanted.home * 10, "year") },
        { ...second, deleted: true },
      ],
      two: [
        { ...first, quantity: wanted.quantity },
        { ...second, price_data: priceOf(name, wanted.home) },
      ],
    };
    const chosen = items[wanted.change];
    const date = Math.min(wanted.given ?? wanted.seconds, wanted.seconds);
    return {
      ...(chosen ? { items: chosen } : { billing_cycle_anchor: { type: "now" } }),
      proration_behavior: wanted.behavior,
      proration_date: april + date,
    };
  };
  const shown = (one: Stripe.Invoice | undefined) => ({
    lines: one?.lines.data.map(({ amount, description, period, quantity }) => ({
      amount,
      description,
      period,
      quantity,
    })),
    total: one?.total,
    due: one?.amount_due,
    subtotal: one?.subtotal,
    starting: one?.starting_balance,
  });

  test("is, to the minor unit, what is then billed", async () => {
    const property = fc.asyncProperty(scenario, async (wanted) => {
      const { currency } = wanted;
      const items = [monthly("A home", wanted.home, { currency }), monthly("The name", wanted.name + 50, { currency })];
      const family = await onClock(stripe, { items });
      const { id } = family.subscription;
      await family.until(april + wanted.seconds);
      const leaves = wanted.change === "leave";
      const change = changeOf(wanted, family.subscription.items.data);
      const { items: changed, ...rest } = change;
      const details = leaves
        ? { cancel_now: true, proration_behavior: wanted.behavior }
        : { ...rest, ...(changed ? { items: changed } : {}) };
      const previewed = await stripe.sdk.invoices
        .createPreview({ subscription: id, subscription_details: details as object })
        .catch(() => undefined);
      const before = (await stripe.sdk.invoices.list({ subscription: id })).data.length;
      if (leaves) await stripe.sdk.subscriptions.cancel(id, { prorate: wanted.behavior !== "none", invoice_now: true });
      else await stripe.sdk.subscriptions.update(id, change);
      const billedNow = (await stripe.sdk.invoices.list({ subscription: id })).data.length > before;
      if (!billedNow && !leaves && wanted.behavior !== "always_invoice") await family.until(april + 31 * day);
      const invoices = (await stripe.sdk.invoices.list({ subscription: id })).data;
      if (previewed === undefined) expect(invoices).toHaveLength(before);
      else expect(shown(invoices[0])).toEqual(shown(previewed));
    });
    await fc.assert(property, { numRuns: Number(process.env["SEEDS"] ?? 40) });
  }, 60_000);

  test("changes nothing", async () => {
    const { id, home } = await inApril();
    const kept = await stripe.count("customer.subscription.updated");
    await stripe.sdk.invoices.createPreview({
      subscription: id,
      subscription_details: { items: [{ id: String(home?.id), quantity: 9 }], proration_behavior: "always_invoice" },
    });
    expect(await stripe.count("customer.subscription.updated")).toBe(kept);
    expect((await stripe.sdk.invoices.list()).data).toHaveLength(1);
  });

  test("tells the moment it counted from, and can leave prorations out", async () => {
    const { id, home } = await inApril();
    const details = { items: [{ id: String(home?.id), quantity: 2 }] };
    const next = await stripe.sdk.invoices.createPreview({ subscription: id, subscription_details: details });
    expect(next.parent?.subscription_details?.subscription_proration_date).toBe(later);
    expect(amounts(next)).toEqual([-333, 667, 1000, 125]);
    const recurring = await stripe.sdk.invoices.createPreview({
      subscription: id,
      subscription_details: details,
      preview_mode: "recurring",
    });
    expect(amounts(recurring)).toEqual([1000, 125]);
  });
});
