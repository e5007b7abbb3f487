import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Checked, checkedOnClose } from "./test-checked.ts";
import { day, onClock, subscribed } from "./test-life.ts";

let stripe: Checked;
beforeEach(async () => {
  stripe = await checkedOnClose();
});
afterEach(() => stripe.close());

const disputedCard = "4000000000000259";
const newestDispute = async () => {
  const [one] = (await stripe.sdk.disputes.list({ limit: 1 })).data;
  if (!one) throw new Error("there is no dispute");
  return one;
};
const told = async (...types: string[]) =>
  (await stripe.sdk.events.list({ types, limit: 100 })).data.map(({ type }) => type).reverse();
const balance = async () => {
  const all = await stripe.sdk.balanceTransactions.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
  return all.reverse();
};
const netOf = (all: readonly { net: number }[]) => all.reduce((sum, { net }) => sum + net, 0);

describe("a dispute", () => {
  test("takes the money and a fee, and gives the money back when it is won", async () => {
    await subscribed(stripe, { card: disputedCard });
    const {
      id,
      balance_transactions: [taken],
    } = await newestDispute();
    expect(taken).toMatchObject({ amount: -625, fee: 2000, net: -2625, reporting_category: "dispute" });
    const waiting = await stripe.sdk.disputes.update(id, { evidence: { customer_name: "Anna" }, submit: false });
    expect(waiting).toMatchObject({ status: "needs_response", evidence_details: { has_evidence: true } });
    const sent = await stripe.sdk.disputes.update(id, { evidence: { uncategorized_text: "winning_evidence" } });
    expect(sent).toMatchObject({
      status: "under_review",
      evidence: { customer_name: "Anna" },
      evidence_details: { submission_count: 1 },
    });
    stripe.push(10);
    expect(await stripe.sdk.disputes.retrieve(id)).toMatchObject({ status: "won", is_charge_refundable: true });
    expect(await told("charge.dispute.*")).toEqual([
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.updated",
      "charge.dispute.updated",
      "charge.dispute.closed",
      "charge.dispute.funds_reinstated",
    ]);
    // 1.5 per cent and 20 pence of the payment, and the dispute's £20.
    expect(netOf(await balance())).toBe(625 - 29 - 2000);
  });

  test.each([
    [
      "by evidence that does not convince",
      (id: string) => stripe.sdk.disputes.update(id, { evidence: { uncategorized_text: "losing_evidence" } }),
    ],
    ["by giving in", (id: string) => stripe.sdk.disputes.close(id)],
    ["by saying nothing for a week", async () => stripe.push(8 * day)],
  ])("is lost %s", async (_how, lose) => {
    await subscribed(stripe, { card: disputedCard });
    const { id } = await newestDispute();
    await lose(id);
    stripe.push(10);
    expect(await stripe.sdk.disputes.retrieve(id)).toMatchObject({ status: "lost" });
    const [charge] = (await stripe.sdk.charges.list({ limit: 1 })).data;
    await expect(stripe.sdk.refunds.create({ charge: String(charge?.id) })).rejects.toMatchObject({
      code: "charge_disputed",
    });
    await expect(stripe.sdk.disputes.close(id)).rejects.toMatchObject({ code: "dispute_closed" });
  });

  test("that only asks takes no money, and ends without any", async () => {
    await subscribed(stripe, { card: "4000000000001976" });
    const { id } = await newestDispute();
    await stripe.sdk.disputes.update(id, { evidence: { uncategorized_text: "winning_evidence" } });
    stripe.push(10);
    expect(await stripe.sdk.disputes.retrieve(id)).toMatchObject({ status: "warning_closed" });
    expect(netOf(await balance())).toBe(625 - 29);
  });

  test("can be made of any payment, and be decided, by the control side", async () => {
    await subscribed(stripe);
    const [charge] = (await stripe.sdk.charges.list()).data;
    const { body } = await stripe.tell("/disputes", { charge: charge?.id, as: "product_not_received" });
    expect(body).toMatchObject({ reason: "product_not_received", status: "needs_response" });
    expect((await stripe.tell("/disputes/close", { dispute: body["id"], status: "won" })).body).toMatchObject({
      status: "won",
    });
    expect((await stripe.tell("/disputes/close", { dispute: body["id"], status: "won" })).status).toBe(400);
  });

  test("of a family on a test clock lives by that clock", async () => {
    const family = await onClock(stripe, { card: disputedCard });
    const { id, evidence_details: details } = await newestDispute();
    expect(details.due_by).toBe(family.subscription.created + 7 * day);
    await family.until(family.subscription.created + 8 * day);
    expect((await stripe.sdk.disputes.retrieve(id)).status).toBe("lost");
  });
});

describe("a warning of fraud", () => {
  test("comes before any dispute, and there is nothing left to do once the payment is given back", async () => {
    await subscribed(stripe, { card: "4000000000005423" });
    const [warning] = (await stripe.sdk.radar.earlyFraudWarnings.list()).data;
    expect(warning).toMatchObject({ actionable: true, fraud_type: "unauthorized_use_of_card" });
    await stripe.sdk.refunds.create({ charge: String(warning?.charge) });
    const after = await stripe.sdk.radar.earlyFraudWarnings.retrieve(String(warning?.id), { expand: ["charge"] });
    expect(after).toMatchObject({ actionable: false, charge: { refunded: true } });
    expect(await told("radar.*")).toEqual(["radar.early_fraud_warning.created", "radar.early_fraud_warning.updated"]);
  });
});

describe("our own money", () => {
  test("sums to what was paid, less what went back and what Stripe took", async () => {
    await subscribed(stripe);
    await subscribed(stripe, { card: "4000000000005126" });
    await subscribed(stripe, { card: disputedCard });
    const charges = (await stripe.sdk.charges.list({ limit: 100 })).data.filter(({ disputed }) => !disputed);
    for (const charge of charges) await stripe.sdk.refunds.create({ charge: charge.id, amount: 200 });
    stripe.push(10);
    const all = await balance();
    expect(all.map(({ type, amount, fee }) => [type, amount, fee])).toEqual([
      ["charge", 625, 29],
      ["charge", 625, 29],
      ["charge", 625, 29],
      ["adjustment", -625, 2000],
      ["refund", -200, 0],
      ["refund", -200, 0],
      ["refund_failure", 200, 0],
    ]);
    for (const one of all) expect(one.net).toBe(one.amount - one.fee);
    const [failed] = (await stripe.sdk.refunds.list({ expand: ["data.failure_balance_transaction"] })).data.filter(
      ({ status }) => status === "failed",
    );
    expect(failed?.failure_balance_transaction).toMatchObject({ amount: 200, type: "refund_failure" });
    const [charge] = (await stripe.sdk.charges.list({ expand: ["data.balance_transaction"] })).data;
    expect(charge?.balance_transaction).toMatchObject({ amount: 625, source: charge?.id });
    expect((await stripe.sdk.balanceTransactions.list({ source: String(charge?.id) })).data).toHaveLength(1);
  });
});
