import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { add, addAll, type Money, moneyOf, negate } from "@/lib/billing/money.ts";
import { keys, movableClock, type Running, startStripe } from "@/sandbox/stripe/test-kit.ts";
import { openStripe } from "./client.ts";
import { stripeLedger } from "./ledger.ts";
import { stripeFamily } from "./test-family.ts";

const clock = movableClock();
let running: Running;
beforeAll(async () => {
  running = await startStripe({}, clock);
});
afterAll(() => running.close());

const month = 31 * 86_400;
const pounds = (minor: number): Money => moneyOf(minor, "GBP");
const ledger = () => stripeLedger(openStripe(keys.full, running.at("")));
async function read(customerId: string) {
  const found = await ledger().customer(customerId);
  if (!found) throw new Error("No such customer");
  return found;
}
const renew = (subscription: string) => running.tell("/renew", { subscription });

describe("A customer's ledger", () => {
  test("has the subscription with what each line is for, the paid invoice, the charge and the vendor's fee", async () => {
    const { customerId, subscriptionId, orderId } = await stripeFamily(running, clock);
    const { email, card, subscriptions, invoices, movements } = await read(customerId);
    expect(email).toBe("anna@example.org");
    expect(card).toEqual({ label: "Visa ending 4242", endsAt: new Date("2039-05-01T00:00:00Z") });
    expect(subscriptions).toMatchObject([
      {
        id: subscriptionId,
        orderId,
        status: "active",
        period: "month",
        cancelAt: null,
        endedAt: null,
        lines: [
          { what: "home", label: "Your home on Matrix", sum: pounds(450), quantity: 1 },
          { what: "name", label: "The name smith.family", sum: pounds(175), quantity: 1 },
        ],
      },
    ]);
    expect(invoices).toMatchObject([
      {
        subscriptionId,
        status: "paid",
        reason: "subscription_create",
        total: pounds(625),
        paid: pounds(625),
        due: pounds(0),
        number: expect.stringMatching(/\S/),
        pdfUrl: expect.stringMatching(/^http/),
        lines: [
          { what: "home", sum: pounds(450), proration: false },
          { what: "name", sum: pounds(175), proration: false },
        ],
      },
    ]);
    expect(movements).toMatchObject([
      { kind: "charge", sum: pounds(625), balance: pounds(625), invoiceId: invoices[0]?.id },
    ]);
    const [charge] = movements;
    expect(charge?.fee).not.toEqual(pounds(0));
    expect(charge && add(charge.net, charge.fee)).toEqual(pounds(625));
  });

  test("goes on by the month, and comes to the same sum by its invoices as by its money", async () => {
    const { customerId, subscriptionId, sdk, charges } = await stripeFamily(running, clock);
    for (let months = 0; months < 2; months++) {
      clock.push(month);
      await renew(subscriptionId);
    }
    const [last] = await charges();
    await sdk.refunds.create({ charge: last?.id ?? "", amount: 100 });
    await sdk.creditNotes.create({
      invoice: (await read(customerId)).invoices[0]?.id ?? "",
      lines: [{ type: "custom_line_item", description: "Two days without a home", quantity: 1, unit_amount: 50 }],
      refund_amount: 50,
    });
    const { invoices, creditNotes, movements } = await read(customerId);
    expect(invoices.map(({ reason }) => reason)).toEqual([
      "subscription_cycle",
      "subscription_cycle",
      "subscription_create",
    ]);
    expect(creditNotes).toMatchObject([{ sum: pounds(50), paid: pounds(50), status: "issued" }]);
    const came = addAll(
      movements.map(({ sum }) => sum),
      "GBP",
    );
    // One pound went back without a credit note.
    const billed = addAll([...invoices.map(({ paid }) => paid), negate(pounds(50)), negate(pounds(100))], "GBP");
    expect(came).toEqual(billed);
  });

  test("has lines that come to each invoice's total, coupons taken off, and says of a credit note what went back as money", async () => {
    const { customerId, subscriptionId, sdk } = await stripeFamily(running, clock);
    const coupon = await sdk.coupons.create({ percent_off: 33, duration: "forever" });
    await sdk.subscriptions.update(subscriptionId, { discounts: [{ coupon: coupon.id }] });
    clock.push(month);
    await renew(subscriptionId);
    const { invoices } = await read(customerId);
    const [last] = invoices;
    // Each line is rounded on its own.
    expect(last?.total).toEqual(pounds(418));
    for (const { total, lines } of invoices)
      expect(
        addAll(
          lines.map(({ sum }) => sum),
          "GBP",
        ),
      ).toEqual(total);
    const ofLast = { invoice: last?.id ?? "", amount: 19 };
    await sdk.creditNotes.create({ ...ofLast, credit_amount: 19 });
    await sdk.creditNotes.create({ ...ofLast, refund_amount: 19 });
    const { creditNotes, balance } = await read(customerId);
    expect(creditNotes).toMatchObject([
      { sum: pounds(19), paid: pounds(19) },
      { sum: pounds(19), paid: pounds(0) },
    ]);
    expect(balance).toEqual(pounds(-19));
  });

  test("says why an open invoice was not paid, when it is tried again and where it can be paid", async () => {
    const family = await stripeFamily(running, clock);
    const card = await family.sdk.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: family.customerId });
    await family.sdk.subscriptions.update(family.subscriptionId, { default_payment_method: card.id });
    clock.push(month);
    await renew(family.subscriptionId);
    const { subscriptions, invoices } = await read(family.customerId);
    expect(subscriptions).toMatchObject([{ status: "past_due" }]);
    expect(invoices[0]).toMatchObject({
      status: "open",
      due: pounds(625),
      refusal: expect.stringMatching(/decline/),
      pageUrl: expect.stringMatching(/^http/),
      tries: 1,
    });
    expect(invoices[0]?.nextTryAt?.getTime()).toBeGreaterThan(clock.now().getTime());
  });

  test("shows what a dispute took, and what came back when it was won", async () => {
    const { customerId, charges } = await stripeFamily(running, clock);
    const [charge] = await charges();
    const opened = await running.tell("/disputes", { charge: charge?.id, as: "fraudulent" });
    const dispute = String(opened.body["id"]);
    expect(await read(customerId)).toMatchObject({
      disputes: [{ id: dispute, status: "needs_response", reason: "fraudulent", sum: pounds(625) }],
      movements: [{ kind: "charge" }, { kind: "dispute", sum: pounds(-625), balance: pounds(-625) }],
    });
    await running.tell("/disputes/close", { dispute, status: "won" });
    const { disputes, movements } = await read(customerId);
    expect(disputes).toMatchObject([{ status: "won" }]);
    expect(
      addAll(
        movements.map(({ sum }) => sum),
        "GBP",
      ),
    ).toEqual(pounds(625));
  });

  test("is none where the vendor has no such customer", async () => {
    expect(await ledger().customer("cus_nobody")).toBeUndefined();
  });
});

test("Whoever had anything happen to them since is named, with the last time, and nobody else", async () => {
  const before = await stripeFamily(running, clock);
  clock.push(3600);
  const since = clock.now();
  const after = await stripeFamily(running, clock);
  const [charge] = await before.charges();
  await running.tell("/disputes", { charge: charge?.id, as: "fraudulent" });
  const changed = await ledger().changedSince(since);
  const of = ({ customerId }: typeof after) => changed.filter((one) => one.customerId === customerId);
  expect(of(after).length).toBeGreaterThan(0);
  expect(of(after)[0]?.at.getTime()).toBeGreaterThanOrEqual(since.getTime() - 1000);
  expect(of(before)).toEqual([]);
  // A dispute names the payment alone.
  expect(changed).toContainEqual(
    expect.objectContaining({ customerId: null, paymentIntentId: String(charge?.payment_intent) }),
  );
});
