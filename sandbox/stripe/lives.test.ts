import fc from "fast-check";
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { type Checked, checkedOnClose } from "./test-checked.ts";
import { april, day, monthly, onClock } from "./test-life.ts";

const cards = ["4242424242424242", "4000000000000341", "4000000000000259", "4000000000005126"];
const deeds = [
  "quantity",
  "price",
  "add",
  "remove",
  "anew",
  "refund",
  "credit",
  "note",
  "item",
  "card",
  "off",
] as const;
const step = fc.record({
  deed: fc.constantFrom(...deeds),
  days: fc.integer({ min: 0, max: 40 }),
  amount: fc.integer({ min: 1, max: 900 }),
  now: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

type Family = Awaited<ReturnType<typeof onClock>>;

async function change(stripe: Checked, { subscription }: Family, { deed, amount, now }: Step) {
  const { sdk } = stripe;
  const one = await sdk.subscriptions.retrieve(subscription.id);
  const [first, ...more] = one.items.data;
  const last = more.at(-1);
  const price_data = {
    currency: one.currency,
    product: String(first?.price.product),
    unit_amount: amount,
    recurring: { interval: "month" as const },
  };
  const items: Partial<Record<Step["deed"], Stripe.SubscriptionUpdateParams.Item[]>> = {
    quantity: [{ id: String(first?.id), quantity: (amount % 4) + 1 }],
    price: [{ id: String(first?.id), price_data }],
    add: [{ price_data }],
    remove: last ? [{ id: last.id, deleted: true }] : [{ id: String(first?.id), quantity: 1 }],
  };
  await sdk.subscriptions.update(one.id, {
    ...(deed === "anew" ? { billing_cycle_anchor: { type: "now" } } : { items: items[deed] ?? [] }),
    proration_behavior: now ? "always_invoice" : "create_prorations",
  });
}

async function move(stripe: Checked, family: Family, { deed, amount }: Step) {
  const { sdk } = stripe;
  const { customer } = family;
  const [invoice] = (await sdk.invoices.list({ customer, status: "paid", limit: 1 })).data;
  const [charge] = (await sdk.charges.list({ customer, limit: 1 })).data;
  const acts: Partial<Record<Step["deed"], () => Promise<unknown>>> = {
    refund: () => sdk.refunds.create({ charge: String(charge?.id), amount }),
    credit: () => sdk.customers.createBalanceTransaction(customer, { amount: -amount, currency: "gbp" }),
    note: () => sdk.creditNotes.create({ invoice: String(invoice?.id), amount, credit_amount: amount }),
    item: () => sdk.invoiceItems.create({ customer, amount, currency: "gbp", description: "A thing" }),
    card: async () => {
      const { id } = await sdk.paymentMethods.attach("pm_card_visa", { customer });
      await sdk.subscriptions.update(family.subscription.id, { default_payment_method: id });
    },
    off: async () => {
      const { id } = await sdk.coupons.create({ percent_off: (amount % 99) + 1, duration: "forever" });
      await sdk.subscriptions.update(family.subscription.id, { discounts: [{ coupon: id }] });
    },
  };
  // What Stripe refuses (more back than there is, an ended subscription) is refused here too, and changes nothing.
  await acts[deed]?.().catch((error: { statusCode?: number }) => expect(error.statusCode).toBeLessThan(500));
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

const everything = { limit: 10_000 };

/** An invoice has its first ten with it. */
const allLines = ({ sdk }: Checked, { id }: Stripe.Invoice) =>
  sdk.invoices.listLineItems(String(id), { limit: 100 }).autoPagingToArray(everything);

/** Every bill, the customer's balance and our own money, each from first principles. */
async function addsUp(stripe: Checked, { customer, subscription }: Family) {
  const { sdk } = stripe;
  const invoices = await sdk.invoices.list({ customer, limit: 100 }).autoPagingToArray(everything);
  const notes = (await sdk.creditNotes.list({ customer, limit: 100 })).data;
  const lines: Stripe.InvoiceLineItem[] = [];
  for (const one of invoices) {
    const own = one.lines.has_more ? await allLines(stripe, one) : one.lines.data;
    lines.push(...own);
    const off = sum((one.total_discount_amounts ?? []).map(({ amount }) => amount));
    expect(one.subtotal).toBe(sum(own.map(({ amount }) => amount)));
    expect(one.total).toBe(one.subtotal - off);
    const credited = sum(notes.filter(({ invoice }) => invoice === one.id).map((note) => note.pre_payment_amount));
    if (one.status !== "draft")
      expect(one.total + one.starting_balance).toBe(one.amount_due + Number(one.ending_balance) + credited);
    if (one.status === "paid") expect([one.amount_paid, one.amount_remaining]).toEqual([one.amount_due, 0]);
  }
  const charges = await sdk.charges.list({ customer, limit: 100 }).autoPagingToArray(everything);
  const paid = charges.filter((one) => one.paid);
  expect(sum(paid.map(({ amount }) => amount))).toBe(sum(invoices.map(({ amount_paid: amount }) => amount)));
  const moves = await sdk.customers.listBalanceTransactions(customer, { limit: 100 }).autoPagingToArray(everything);
  expect(await sdk.customers.retrieve(customer)).toMatchObject({ balance: sum(moves.map(({ amount }) => amount)) });
  await ourMoney(sdk, paid);
  const items = await sdk.invoiceItems.list({ customer, limit: 100 }).autoPagingToArray(everything);
  expect(subscription.id).toBe(invoices.at(-1)?.parent?.subscription_details?.subscription);
  neverMoreBack(lines, items);
}

/** Charges, less what went back and came back, less what Stripe took. */
async function ourMoney(sdk: Stripe, paid: readonly Stripe.Charge[]) {
  const ids = new Set(paid.map(({ id }) => id));
  const refunds = (await sdk.refunds.list({ limit: 100 })).data.filter(({ charge }) => ids.has(String(charge)));
  const disputes = (await sdk.disputes.list({ limit: 100 })).data.filter(({ charge }) => ids.has(String(charge)));
  const sources = new Set([...ids, ...refunds.map(({ id }) => id), ...disputes.map(({ id }) => id)]);
  const all = await sdk.balanceTransactions.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
  const booked = all.filter(({ source }) => sources.has(String(source)));
  const back = sum(refunds.filter(({ status }) => status !== "failed").map(({ amount }) => amount));
  const taken = sum(disputes.filter(({ status }) => status !== "won").map(({ amount }) => amount));
  const fees = sum(booked.map(({ fee }) => fee));
  expect(sum(booked.map(({ net }) => net))).toBe(sum(paid.map(({ amount }) => amount)) - back - taken - fees);
}

/** No item of the subscription ever gives back more than was asked for it. */
function neverMoreBack(lines: readonly Stripe.InvoiceLineItem[], items: readonly Stripe.InvoiceItem[]) {
  const net = new Map<string, number>();
  const count = (item: string | undefined, amount: number) => item && net.set(item, (net.get(item) ?? 0) + amount);
  for (const { amount, discount_amounts: off, parent } of lines)
    count(parent?.subscription_item_details?.subscription_item, amount - sum((off ?? []).map((one) => one.amount)));
  for (const { amount, invoice, parent } of items)
    if (invoice === null) count(parent?.subscription_details?.subscription_item, amount);
  for (const left of net.values()) expect(left).toBeGreaterThanOrEqual(0);
}

test("a bill of more than ten lines has the others on the vendor's next page, and is their sum", async () => {
  const stripe = await checkedOnClose();
  const family = await onClock(stripe, { card: cards[0], items: [monthly("A home", 500), monthly("The name", 125)] });
  const one = { days: 0, amount: 1, now: false };
  for (const deed of ["add", "add", "quantity", "anew"] as const) await change(stripe, family, { ...one, deed });
  const [bill] = (await stripe.sdk.invoices.list({ customer: family.customer, limit: 1 })).data;
  expect(bill?.lines).toMatchObject({ has_more: true, data: { length: 10 } });
  await addsUp(stripe, family);
  await stripe.close();
});

test("whatever a family does with its bill, every sum follows from the others", async () => {
  const stripe = await checkedOnClose();
  const life = fc.record({ card: fc.constantFrom(...cards), steps: fc.array(step, { minLength: 3, maxLength: 9 }) });
  const property = fc.asyncProperty(life, async ({ card, steps }) => {
    const items = [monthly("A home", 500), monthly("The name", 125)];
    const family = await onClock(stripe, { card, items });
    let now = april;
    for (const one of steps) {
      now += one.days * day;
      if (one.days > 0) await family.until(now);
      const { status } = await stripe.sdk.subscriptions.retrieve(family.subscription.id);
      if (status === "canceled") break;
      if (["quantity", "price", "add", "remove", "anew"].includes(one.deed)) await change(stripe, family, one);
      else await move(stripe, family, one);
    }
    await family.until(now + 40 * day);
    await addsUp(stripe, family);
  });
  await fc.assert(property, { numRuns: Number(process.env["LIVES"] ?? 15) });
  await stripe.close();
}, 120_000);
