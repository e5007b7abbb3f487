import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { moneyOf } from "@/lib/billing/money.ts";
import { holdRefund } from "@/lib/orders/hold-refund.ts";
import { settleRefunds } from "@/lib/orders/settle-refunds.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { PretendCashier } from "@/lib/testing/pretend-cashier.ts";
import { giveBackPayment } from "./give-back-payment.ts";
import { keepAlerts } from "./keep-alerts.ts";
import { listAlerts } from "./list-alerts.ts";
import { settlePayment } from "./settle-payment.ts";
import { tryDeadAgain } from "./try-dead-again.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

let cashier: PretendCashier;
let who: SignedIn;
beforeEach(async () => {
  cashier = new PretendCashier();
  who = await staff();
});

const reason = "The payer asked for it";

async function staff(): Promise<SignedIn> {
  const userId = world.ids.id("usr");
  await world.db.staffMember.create({ data: { userId, name: "Priya", role: "support", addedAt: world.clock.now() } });
  const email = "priya@post.example";
  return { userId, sessionId: "s", email, emailVerified: true, factor: "passkey", since: world.clock.now() };
}

/** A payment that no order knows, with its alert. */
async function stray(differs: { readonly email?: string | null; readonly paymentIntentId?: string | null } = {}) {
  const sessionId = world.ids.id("cs_test");
  const data = {
    sessionId,
    orderId: "ord_gone",
    subscriptionId: `sub_${sessionId}`,
    paymentIntentId: `pi_${sessionId}`,
  };
  const sum = { totalMinor: 625, currency: "GBP", email: "anna@post.example", seenAt: world.clock.now() };
  await world.db.strayPayment.create({ data: { ...data, ...sum, ...differs } });
  await keepAlerts(world);
  return sessionId;
}
const row = (sessionId: string) => world.db.strayPayment.findUniqueOrThrow({ where: { sessionId } });
const refunds = (sessionId: string) => world.db.refund.findMany({ where: { sessionId } });
const open = (subject: string) => world.db.alert.findMany({ where: { subject, open: { not: null } } });
const audit = (subject: string) => world.db.audit.findMany({ where: { subject } });
const letters = (refundId: string) =>
  world.db.mail.findMany({ where: { values: { path: ["refundId"], equals: refundId } } });
const settle = (id: string) => settleRefunds({ ...world, cashier }, { id });

describe("A payment that no order knows", () => {
  test("goes back once, with its subscription, the payer is told, and its row says who did it and when", async () => {
    const sessionId = await stray();
    await giveBackPayment(world, who, { sessionId, reason });
    expect(await open(sessionId)).toEqual([]);
    expect(await row(sessionId)).toMatchObject({
      settledHow: "given-back",
      settledBy: who.userId,
      settledAt: world.clock.now(),
    });
    const [wanted] = await refunds(sessionId);
    expect(wanted).toMatchObject({ state: "wanted", orderId: null, minor: 625, askedBy: who.userId });
    const id = wanted?.id ?? "";
    await settle(id);
    await settle(id);
    expect(await refunds(sessionId)).toMatchObject([{ state: "done" }]);
    expect([...cashier.refunds]).toEqual([[id, { paymentIntentId: `pi_${sessionId}`, sum: moneyOf(625, "GBP") }]]);
    expect(cashier.ended).toEqual([`sub_${sessionId}`]);
    expect(await letters(id)).toMatchObject([{ kind: "refunded", to: "anna@post.example" }]);
    expect(await audit(sessionId)).toMatchObject([{ act: "give-back-payment", staffId: who.userId, reason }]);
    await keepAlerts(world);
    expect(await open(sessionId)).toEqual([]);
  });

  test("goes back without a letter when nobody knows an address", async () => {
    const sessionId = await stray({ email: null });
    await giveBackPayment(world, who, { sessionId, reason });
    const [wanted] = await refunds(sessionId);
    await settle(wanted?.id ?? "");
    expect(await refunds(sessionId)).toMatchObject([{ state: "done" }]);
    expect(await letters(wanted?.id ?? "")).toEqual([]);
  });

  test("can be called settled: its alert closes for good, and no money moves", async () => {
    const sessionId = await stray();
    await settlePayment(world, who, { sessionId, reason });
    await keepAlerts(world);
    expect(await open(sessionId)).toEqual([]);
    expect(await refunds(sessionId)).toEqual([]);
    expect(await row(sessionId)).toMatchObject({ settledHow: "elsewhere", settledBy: who.userId });
    expect(await audit(sessionId)).toMatchObject([{ act: "settle-payment", reason }]);
  });

  test("is settled by one of two people who press both buttons in two tabs at once", async () => {
    const sessionId = await stray();
    const other = await staff();
    const told = await Promise.allSettled([
      giveBackPayment(world, who, { sessionId, reason }),
      giveBackPayment(world, other, { sessionId, reason }),
      settlePayment(world, who, { sessionId, reason }),
      settlePayment(world, other, { sessionId, reason }),
    ]);
    expect(told.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of told)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ say: { key: "staff.errors.paymentSettled" } });
    expect(await audit(sessionId)).toHaveLength(1);
    const { settledHow } = await row(sessionId);
    expect(await refunds(sessionId)).toHaveLength(settledHow === "given-back" ? 1 : 0);
  });

  test("is shown with its sum, its ids and the order it names", async () => {
    const sessionId = await stray();
    const { lines } = await listAlerts(world, who);
    expect(lines.find(({ payment }) => payment?.sessionId === sessionId)).toMatchObject({
      code: "payment-unknown",
      payment: { sum: { minor: 625, currency: "GBP" }, orderId: "ord_gone", paymentIntentId: `pi_${sessionId}` },
    });
  });

  test("whose money was not seen cannot go back, and stays open", async () => {
    const sessionId = await stray({ paymentIntentId: null });
    await expect(giveBackPayment(world, who, { sessionId, reason })).rejects.toMatchObject({
      say: { key: "staff.errors.paymentUnseen" },
    });
    expect(await row(sessionId)).toMatchObject({ settledAt: null });
    expect(await open(sessionId)).toHaveLength(1);
    expect(await audit(sessionId)).toEqual([]);
  });

  test("is settled by nobody else, and not without a reason", async () => {
    const sessionId = await stray();
    for (const verb of [giveBackPayment, settlePayment]) {
      await expect(verb(world, undefined, { sessionId, reason })).rejects.toMatchObject({ kind: "not-found" });
      const byLink = { ...who, factor: "link" as const };
      await expect(verb(world, byLink, { sessionId, reason })).rejects.toMatchObject({ kind: "not-signed-in" });
      await expect(verb(world, who, { sessionId, reason: " " })).rejects.toMatchObject({ kind: "bad-input" });
      await expect(verb(world, who, { sessionId: "cs_none", reason })).rejects.toMatchObject({ kind: "not-found" });
    }
    expect(await row(sessionId)).toMatchObject({ settledAt: null });
  });

  test("that the bank does not take back is an alert, and staff begin it anew", async () => {
    const sessionId = await stray();
    await giveBackPayment(world, who, { sessionId, reason });
    const [wanted] = await refunds(sessionId);
    if (!wanted) throw new Error("No refund is wanted");
    await holdRefund(world, wanted, { detail: "The card was closed" });
    await keepAlerts(world);
    const [alert] = await open(wanted.id);
    expect(alert).toMatchObject({ code: "refund-refused", detail: `Stripe ${sessionId}: The card was closed` });
    expect(await tryDeadAgain(world, who, { alertId: alert?.id ?? "", reason })).toMatchObject({ values: { n: 1 } });
    await settle(wanted.id);
    expect(await refunds(sessionId)).toMatchObject([{ state: "done", asks: 2 }]);
  });
});
