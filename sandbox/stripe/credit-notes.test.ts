import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Checked, checkedOnClose } from "./test-checked.ts";
import { april, day, onClock, subscribed } from "./test-life.ts";

let stripe: Checked;
beforeEach(async () => {
  stripe = await checkedOnClose();
});
afterEach(() => stripe.close());

const taxed = { more: { automatic_tax: { enabled: true } } };
/** A bill of £6.25 that the card does not pay. */
async function openBill() {
  const family = await onClock(stripe, { card: "4000000000000341" });
  await family.until(april + 31 * day);
  const [bill] = (await stripe.sdk.invoices.list({ status: "open" })).data;
  return { ...family, bill: String(bill?.id) };
}

describe("a credit note", () => {
  test("takes a paid bill back whole, with its lines, its tax and a refund", async () => {
    const { invoice } = await subscribed(stripe, taxed);
    const paid = await stripe.sdk.invoices.retrieve(invoice);
    const lines = paid.lines.data.map(({ id, quantity }) => ({
      type: "invoice_line_item" as const,
      invoice_line_item: id,
      quantity: Number(quantity),
    }));
    const preview = await stripe.sdk.creditNotes.preview({ invoice, lines, refund_amount: 625 });
    const note = await stripe.sdk.creditNotes.create({
      invoice,
      lines,
      refund_amount: 625,
      reason: "order_change",
      memo: "You withdrew within fourteen days.",
    });
    expect(note).toMatchObject({ total: 625, total_excluding_tax: 521, type: "post_payment", status: "issued" });
    expect(note.total_taxes?.[0]?.amount).toBe(104);
    expect(preview.total).toBe(note.total);
    expect(note.number).toBe(`${paid.number}-CN-01`);
    const [refund] = (await stripe.sdk.refunds.list()).data;
    expect(note.refunds).toMatchObject([{ amount_refunded: 625, refund: refund?.id }]);
    expect(await stripe.sdk.invoices.retrieve(invoice)).toMatchObject({
      status: "paid",
      amount_paid: 625,
      post_payment_credit_notes_amount: 625,
    });
    expect((await stripe.sdk.creditNotes.listLineItems(note.id)).data).toHaveLength(2);
  });

  test("of a part becomes credit for the next bill", async () => {
    const { invoice, customer, until } = await onClock(stripe);
    const note = await stripe.sdk.creditNotes.create({
      invoice,
      lines: [{ type: "custom_line_item", description: "A bad day", quantity: 2, unit_amount: 50 }],
      credit_amount: 100,
    });
    expect(note.customer_balance_transaction).toMatch(/^cbtxn_/);
    expect(await stripe.sdk.customers.retrieve(customer)).toMatchObject({ balance: -100 });
    await until(april + 31 * day);
    const [next] = (await stripe.sdk.invoices.list({ limit: 1 })).data;
    expect(next).toMatchObject({ total: 625, amount_due: 525, amount_paid: 525, starting_balance: -100 });
  });

  test("of an open bill lowers what it asks for, and can be voided while it is open", async () => {
    const { bill, customer } = await openBill();
    const note = await stripe.sdk.creditNotes.create({ invoice: bill, amount: 125 });
    expect(note).toMatchObject({ pre_payment_amount: 125, post_payment_amount: 0, type: "pre_payment" });
    expect(await stripe.sdk.invoices.retrieve(bill)).toMatchObject({ amount_remaining: 500, amount_due: 500 });
    await stripe.sdk.creditNotes.update(note.id, { memo: "A mistake" });
    expect(await stripe.sdk.creditNotes.voidCreditNote(note.id)).toMatchObject({ status: "void", memo: "A mistake" });
    expect(await stripe.sdk.invoices.retrieve(bill)).toMatchObject({ amount_remaining: 625 });
    await stripe.sdk.creditNotes.create({ invoice: bill, amount: 25 });
    const card = await stripe.sdk.paymentMethods.attach("pm_card_visa", { customer });
    await stripe.sdk.invoices.pay(bill, { payment_method: card.id });
    expect((await stripe.sdk.charges.list({ limit: 1 })).data[0]).toMatchObject({ amount: 600, paid: true });
  });

  test("of all that is open settles the bill", async () => {
    const { bill, subscription } = await openBill();
    await stripe.sdk.creditNotes.create({ invoice: bill, amount: 625 });
    expect(await stripe.sdk.invoices.retrieve(bill)).toMatchObject({ status: "paid", amount_paid: 0 });
    expect((await stripe.sdk.subscriptions.retrieve(subscription.id)).status).toBe("active");
  });

  test("says where the money goes, and is never more than what was paid", async () => {
    const { invoice } = await subscribed(stripe);
    const make = (amount: number, refund_amount: number) =>
      stripe.sdk.creditNotes.create({ invoice, amount, refund_amount });
    await expect(make(300, 200)).rejects.toMatchObject({ param: "refund_amount" });
    await make(300, 300);
    await expect(make(400, 400)).rejects.toMatchObject({ param: "amount" });
    const [charge] = (await stripe.sdk.charges.list()).data;
    const refund = await stripe.sdk.refunds.create({ charge: String(charge?.id), amount: 200 });
    await expect(make(200, 200)).rejects.toMatchObject({ param: "amount" });
    const refunds = [{ refund: refund.id, amount_refunded: 200 }];
    const linked = await stripe.sdk.creditNotes.create({ invoice, amount: 200, refunds });
    expect(linked).toMatchObject({ refunds: [{ refund: refund.id, amount_refunded: 200 }] });
    expect((await stripe.sdk.creditNotes.list({ invoice })).data).toHaveLength(2);
  });
});

describe("a bill that nobody shall pay", () => {
  test("is voided: it is not tried again, and the subscription runs on", async () => {
    const { bill, subscription, until } = await openBill();
    expect(await stripe.sdk.invoices.voidInvoice(bill)).toMatchObject({ status: "void", next_payment_attempt: null });
    expect((await stripe.sdk.subscriptions.retrieve(subscription.id)).status).toBe("active");
    await until(april + 40 * day);
    expect((await stripe.sdk.charges.list()).data.filter(({ status }) => status === "failed")).toHaveLength(1);
    await expect(stripe.sdk.invoices.pay(bill)).rejects.toMatchObject({ statusCode: 400 });
  });

  test("is marked uncollectible, and can still be paid", async () => {
    const { bill, customer } = await openBill();
    expect(await stripe.sdk.invoices.markUncollectible(bill)).toMatchObject({ status: "uncollectible" });
    const card = await stripe.sdk.paymentMethods.attach("pm_card_visa", { customer });
    expect(await stripe.sdk.invoices.pay(bill, { payment_method: card.id })).toMatchObject({ status: "paid" });
  });

  test("gives back the credit that was used for it", async () => {
    const { customer } = await subscribed(stripe);
    await stripe.sdk.customers.createBalanceTransaction(customer, { amount: -300, currency: "gbp" });
    const draft = await stripe.sdk.invoices.create({ customer });
    await stripe.sdk.invoices.addLines(draft.id, { lines: [{ amount: 500, description: "A visit" }] });
    expect(await stripe.sdk.invoices.finalizeInvoice(draft.id)).toMatchObject({ amount_due: 200 });
    await stripe.sdk.invoices.voidInvoice(draft.id);
    expect(await stripe.sdk.customers.retrieve(customer)).toMatchObject({ balance: -300 });
  });
});
