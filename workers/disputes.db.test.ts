import { describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { mayLeave } from "@/lib/billing/dispute.ts";
import type { Evidence } from "@/lib/billing/evidence.ts";
import type { Cashier } from "@/lib/billing/ports.ts";
import { Unreachable } from "@/lib/errors.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { describeDisputes } from "@/lib/households/describe-disputes.ts";
import { describeHeldRefund } from "@/lib/households/describe-held-refund.ts";
import { watchRefunds } from "@/lib/orders/watch-refunds.ts";
import { describeDispute } from "@/lib/staff/describe-dispute.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { refundWarned } from "@/lib/staff/refund-warned.ts";
import { agrees, reportMoney } from "@/lib/staff/report-money.ts";
import { sendEvidence } from "@/lib/staff/send-evidence.ts";
import { stripeFamily } from "@/lib/stripe/test-family.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { monthAndBill } from "@/sandbox/stripe/test-kit.ts";
import { answerBell } from "./answer-bell.ts";
import { testLetters } from "./letters/test-letters.ts";
import { billTests } from "./test-bills.ts";

const { clock, world, db, stripe, worker } = await billTests();

const letter = testLetters(world);
const day = 86_400;
const evidence: Evidence = { sold: "A homeserver", stopping: "One button", used: "It ran", more: "Paid before" };
type Kind = "fraudulent" | "inquiry";

/** A family in its home since a moment ago. */
async function family(card?: string) {
  const bought = await stripeFamily(stripe, clock, { orderId: world.ids.id("ord"), ...(card ? { card } : {}) });
  const { customerId, subscriptionId, orderId } = bought;
  const [charge] = await bought.charges();
  const { order } = await makeOrder(world, {
    ...{ id: orderId, state: "paid", paidAt: clock.now(), paidMinor: 625, paidCurrency: "GBP" },
    ...{ stripeCustomerId: customerId, stripeSubscriptionId: subscriptionId, cardLabel: "Visa ending 4242" },
    ...{ paymentIntentId: String(charge?.payment_intent), consentFrom: "203.0.113.9" },
    ...{ consentAt: clock.now(), consentText: "Begin now" },
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  await db.tenant.update({ where: { id: tenantId }, data: { readyAt: clock.now() } });
  const who = { userId: world.ids.id("usr"), tenantId };
  await db.membership.create({ data: { ...who, role: "owner", since: clock.now() } });
  await db.customer.create({ data: { id: customerId, orderId, createdAt: clock.now(), nextSyncAt: clock.now() } });
  const work = async (with_ = worker) => {
    for (let rounds = 0; rounds < 2; rounds++) {
      await answerBell(with_, { kind: "order", orderId });
      await answerBell(with_, { kind: "bill", customerId });
    }
  };
  const alerts = async () => {
    await keepAlerts(world);
    return (await db.alert.findMany({ where: { orderId, open: { not: null } } })).map(({ code }) => code);
  };
  const mails = async () =>
    (await db.mail.findMany({ where: { kind: { startsWith: "disp" } }, orderBy: { createdAt: "asc" } }))
      .filter(({ values }) => (values as { orderId?: string }).orderId === orderId)
      .map(({ kind }) => kind);
  await work();
  return { ...bought, order, who, work, alerts, mails };
}

/** Its first payment was disputed a moment ago. */
async function disputed(as: Kind = "fraudulent") {
  const smith = await family();
  const [charge] = await smith.charges();
  const { body } = await stripe.tell("/disputes", { charge: charge?.id, as });
  const disputeId = String(body["id"]);
  const decide = async (status: "won" | "lost" | "warning_closed") => {
    await stripe.tell("/disputes/close", { dispute: disputeId, status });
    await smith.work();
  };
  const theirs = () => smith.sdk.disputes.retrieve(disputeId);
  await smith.work();
  return { ...smith, disputeId, decide, theirs };
}

async function oneOfTheStaff(): Promise<SignedIn> {
  const userId = world.ids.id("usr");
  await db.staffMember.create({ data: { userId, name: "Wren", role: "support", addedAt: clock.now() } });
  const email = "wren@post.example";
  return { userId, sessionId: "s", email, emailVerified: true, factor: "passkey", since: clock.now() };
}

describe("A payment that a bank takes back", () => {
  test("is told to the family and to the staff, and holds the name here until the bank has decided", async () => {
    const smith = await disputed();
    expect(await smith.mails()).toEqual(["disputed"]);
    expect(await smith.alerts()).toEqual(["dispute"]);
    expect(await mayLeave(db, smith.orderId)).toBe(false);
    const values = { orderId: smith.orderId, disputeId: smith.disputeId };
    expect((await letter("disputed", values))?.subject).toBe("Your bank took £6.25 back");
    expect((await describeDisputes(world, smith.who)).open).toMatchObject({ stage: "taken" });
    await smith.work();
    expect(await smith.mails()).toEqual(["disputed"]);
    await smith.decide("won");
    expect(await smith.mails()).toEqual(["disputed", "dispute-over"]);
    expect(await smith.alerts()).toEqual([]);
    expect(await mayLeave(db, smith.orderId)).toBe(true);
    // Both letters are about the bank's last word: the earlier one is not written after it.
    expect(await letter("disputed", values)).toBeUndefined();
    expect((await letter("dispute-over", values))?.subject).toBe("Your bank decided: the payment of £6.25 stands");
    const { open, taken } = await describeDisputes(world, smith.who);
    expect([open, [...taken]]).toEqual([null, []]);
  });

  test("and keeps is not asked for again, and the books agree", async () => {
    const smith = await disputed();
    await smith.decide("lost");
    const { past, owed } = await describeBill(world, smith.who);
    expect(owed).toBeNull();
    expect(past.map(({ unpaid }) => unpaid)).toEqual([false]);
    expect((await describeDisputes(world, smith.who)).taken.size).toBe(1);
    const values = { orderId: smith.orderId, disputeId: smith.disputeId };
    expect((await letter("dispute-over", values))?.text).toContain("we do not ask for it again");
    const { currencies, wrong } = await reportMoney(world, await oneOfTheStaff());
    expect(wrong.filter(({ customerId }) => customerId === smith.customerId)).toEqual([]);
    expect(currencies.every(({ differences }) => agrees(differences))).toBe(true);
  });

  test("and only asked about takes nothing, and is told so", async () => {
    const smith = await disputed("inquiry");
    const values = { orderId: smith.orderId, disputeId: smith.disputeId };
    expect((await letter("disputed", values))?.subject).toBe("Your bank asks about £6.25");
    await smith.decide("warning_closed");
    expect((await letter("dispute-over", values))?.text).toContain("No money was taken back");
  });

  test("lets no other money be asked for while the bank looks, and no home rest for it", async () => {
    const smith = await disputed();
    const card = await smith.sdk.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: smith.customerId });
    await smith.sdk.subscriptions.update(smith.subscriptionId, { default_payment_method: card.id });
    await smith.sdk.disputes.update(smith.disputeId, { evidence: { product_description: "A homeserver" } });
    clock.push(monthAndBill);
    await smith.work();
    clock.push(31 * day);
    await smith.work();
    const letters = { kind: { startsWith: "payment" }, values: { path: ["orderId"], equals: smith.orderId } };
    const rests = async () => (await db.tenant.findUniqueOrThrow({ where: { id: smith.who.tenantId } })).restsBecause;
    expect(await db.mail.count({ where: letters })).toBe(0);
    expect((await describeBill(world, smith.who)).owed).toBeNull();
    expect(await rests()).toBeNull();
    await smith.decide("won");
    expect((await describeBill(world, smith.who)).owed).not.toBeNull();
    expect(await rests()).toBe("unpaid");
  });
});

describe("Evidence", () => {
  test("has what was bought, agreed to and used, and nothing of who lives there", async () => {
    const smith = await disputed();
    const seen = await describeDispute(world, await oneOfTheStaff(), smith.disputeId);
    expect(seen).toMatchObject({
      sending: "may",
      reason: "fraudulent",
      facts: {
        payer: "Anna Smith",
        consent: { text: "Begin now", from: "203.0.113.9" },
        home: { firstSeenAt: expect.any(String) },
        bill: { sum: { currency: "GBP" } },
      },
    });
    expect(JSON.stringify(seen)).not.toMatch(/ben|mia/i);
    await expect(describeDispute(world, undefined, smith.disputeId)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("is sent once, wherever a worker is killed, and however often and by however many Send is pressed", async () => {
    for (const killedAt of ["before", "after"]) {
      const smith = await disputed();
      const staff = await oneOfTheStaff();
      const asked = { disputeId: smith.disputeId, evidence, reason: "The home was used" };
      const presses = await Promise.allSettled([1, 2, 3].map(() => sendEvidence(world, staff, asked)));
      expect(presses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await smith.alerts()).toEqual([]);
      let killed = false;
      const dies: Cashier["sendEvidence"] = async (...all) => {
        if (killedAt === "after") await worker.cashier.sendEvidence(...all);
        killed = true;
        throw new Unreachable("Nobody knows", { vendor: "Stripe", call: "disputes.update" }, "unknown");
      };
      await smith.work({ ...worker, cashier: { ...worker.cashier, sendEvidence: dies } });
      expect(killed).toBe(true);
      clock.push(600);
      await Promise.all([smith.work(), smith.work()]);
      const { status, evidence_details: details, evidence: sent } = await smith.theirs();
      expect([status, details.submission_count]).toEqual(["under_review", 1]);
      expect(sent).toMatchObject({ product_description: "A homeserver", uncategorized_text: "Paid before" });
      expect(await describeDispute(world, staff, smith.disputeId)).toMatchObject({ sending: "sent" });
      // A database that was set back to the moment of the press finds it sent.
      await db.billChange.updateMany({ where: { orderId: smith.orderId }, data: { state: "wanted", doneAt: null } });
      await smith.work();
      expect((await smith.theirs()).evidence_details.submission_count).toBe(1);
    }
  });

  test("is not sent where a person sent some at the vendor's, or where the bank has decided", async () => {
    const [byHand, decided] = [await disputed(), await disputed()];
    const staff = await oneOfTheStaff();
    const press = (disputeId: string) =>
      sendEvidence(world, staff, { disputeId, evidence, reason: "The home was used" });
    await press(byHand.disputeId);
    await byHand.sdk.disputes.update(byHand.disputeId, { evidence: { product_description: "By hand" } });
    await byHand.work();
    expect((await byHand.theirs()).evidence).toMatchObject({
      product_description: "By hand",
      uncategorized_text: null,
    });
    await press(decided.disputeId);
    await stripe.tell("/disputes/close", { dispute: decided.disputeId, status: "lost" });
    await decided.work();
    expect((await decided.theirs()).evidence_details.submission_count).toBe(0);
    expect(await decided.alerts()).toEqual([]);
    await expect(press(decided.disputeId)).rejects.toMatchObject({ kind: "changed-meanwhile" });
  });
});

describe("A payment that a card's network warns of", () => {
  /** No dispute of it yet. */
  async function warned() {
    const smith = await family();
    const [charge] = await smith.charges();
    const { body } = await stripe.tell("/early-fraud-warnings", { charge: charge?.id });
    await smith.work();
    const back = async () => (await smith.charges()).map(({ amount_refunded: sum }) => sum);
    return { ...smith, charge: String(charge?.id), warningId: String(body["id"]), back };
  }

  test("is before the staff, who give it back once wherever a worker is killed; then the family is told", async () => {
    for (const killedAt of ["before", "after"]) {
      const smith = await warned();
      const staff = await oneOfTheStaff();
      expect(await smith.alerts()).toEqual(["fraud-warning"]);
      expect(await smith.mails()).toEqual([]);
      const asked = { warningId: smith.warningId, reason: "Stripe advises it" };
      const presses = await Promise.allSettled([1, 2].map(() => refundWarned(world, staff, asked)));
      expect(presses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const dies: Cashier["refund"] = async (...all) => {
        if (killedAt === "after") await worker.cashier.refund(...all);
        throw new Unreachable("Nobody knows", { vendor: "Stripe", call: "refunds.create" }, "unknown");
      };
      await smith.work({ ...worker, cashier: { ...worker.cashier, refund: dies } });
      clock.push(600);
      await Promise.all([smith.work(), smith.work()]);
      expect(await smith.back()).toEqual([625]);
      expect(await smith.alerts()).toEqual([]);
      const told = await letter("refunded", { refundId: `ref_${smith.warningId}` });
      expect(told?.subject).toBe("We gave £6.25 back");
      expect((await smith.sdk.subscriptions.retrieve(smith.subscriptionId)).status).toBe("active");
      const { wrong } = await reportMoney(world, staff);
      expect(wrong.filter(({ customerId }) => customerId === smith.customerId)).toEqual([]);
    }
  });

  test("and is disputed before anybody pressed goes back by the bank alone", async () => {
    const smith = await warned();
    await stripe.tell("/disputes", { charge: smith.charge });
    const press = () => refundWarned(world, staff, { warningId: smith.warningId, reason: "Stripe advises it" });
    const staff = await oneOfTheStaff();
    // Our copy is from before: the worker finds out.
    await press();
    await smith.work();
    await smith.work();
    expect(await smith.back()).toEqual([0]);
    expect((await smith.alerts()).toSorted()).toEqual(["dispute", "refund-refused"]);
    const held = await letter("refund-held", { refundId: `ref_${smith.warningId}` });
    expect(held?.subject).toBe("£6.25: your bank has it already");
  });
});

describe("Money that a bank sends back", () => {
  test("is kept for the family, which reads so on its bill, and is not sent again by itself", async () => {
    // Its refunds fail after they went.
    const smith = await family("4000000000005126");
    const [charge] = await smith.charges();
    await stripe.tell("/early-fraud-warnings", { charge: charge?.id });
    await smith.work();
    const warning = await db.fraudWarning.findFirstOrThrow({ where: { customerId: smith.customerId } });
    await refundWarned(world, await oneOfTheStaff(), { warningId: warning.id, reason: "Stripe advises it" });
    await smith.work();
    clock.push(2 * day);
    await watchRefunds(worker);
    await smith.work();
    expect(await describeHeldRefund(world, smith.who)).toMatchObject({ sum: { currency: "GBP" }, gaveBack: true });
    expect(await smith.alerts()).toContain("refund-failed");
    const held = await letter("refund-held", { refundId: `ref_${warning.id}` });
    expect(held?.text).toContain("Write to us how we can pay it to you: help@n.test");
    clock.push(20 * day);
    await smith.work();
    expect((await smith.sdk.refunds.list({ charge: charge?.id ?? "" })).data).toHaveLength(1);
  });
});
