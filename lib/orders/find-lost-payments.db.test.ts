import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { moneyOf } from "@/lib/billing/money.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { PretendCashier } from "@/lib/testing/pretend-cashier.ts";
import { findLostPayments } from "./find-lost-payments.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

let cashier: PretendCashier;
beforeEach(async () => {
  cashier = new PretendCashier();
  await world.db.cursor.deleteMany();
});
const look = () => findLostPayments({ ...world, cashier });

/** A visit that the vendor has, and was paid; ours is as the test left it. */
async function paid(orderId: string, checkoutId: string): Promise<string> {
  const lines = [{ what: "home" as const, label: "Your home", sum: moneyOf(625, "GBP") }];
  const usual = { period: "month", tax: "inclusive" } as const;
  const urls = { successUrl: "https://n.test", cancelUrl: "https://n.test", expiresAt: world.clock.now() };
  const wanted = { checkoutId, orderId, email: "anna@post.example", lines, ...usual, ...urls };
  const { sessionId } = await cashier.open(wanted);
  cashier.pay(sessionId);
  return sessionId;
}
const opening = (orderId: string, id: string) =>
  world.db.checkout.create({
    data: { id, orderId, try: 1, state: "opening", totalMinor: 625, currency: "GBP", createdAt: world.clock.now() },
  });
const stateOf = async (id: string) => (await world.db.order.findUniqueOrThrow({ where: { id } })).state;

describe("A payment that the vendor has", () => {
  test("counts though the answer that told us of its visit was lost", async () => {
    const { order } = await makeOrder(world, { state: "checkout" });
    const visit = await opening(order.id, world.ids.id("vis"));
    await paid(order.id, visit.id);
    await look();
    expect(await stateOf(order.id)).toBe("paid");
    expect(await world.db.tenant.count({ where: { orderId: order.id } })).toBe(1);
  });

  test("counts though the whole visit was forgotten, once", async () => {
    const { order } = await makeOrder(world);
    await paid(order.id, world.ids.id("vis"));
    await look();
    await world.db.cursor.deleteMany();
    await look();
    expect(await stateOf(order.id)).toBe("paid");
    expect(await world.db.checkout.findMany({ where: { orderId: order.id } })).toMatchObject([{ state: "paid" }]);
    expect(await world.db.refund.count({ where: { orderId: order.id } })).toBe(0);
  });

  test("goes back when its order had been paid in another visit", async () => {
    const { order } = await makeOrder(world, { state: "paid", paymentIntentId: "pi_other" });
    await paid(order.id, world.ids.id("vis"));
    await look();
    expect(await world.db.refund.findMany({ where: { orderId: order.id } })).toMatchObject([{ state: "wanted" }]);
  });

  test("is put before a person when no order knows of it, with what a person needs to settle it", async () => {
    const sessionId = await paid("ord_of_nobody", world.ids.id("vis"));
    await look();
    await keepAlerts(world);
    const where = { subject: sessionId, open: { not: null } };
    expect(await world.db.alert.findMany({ where })).toMatchObject([{ code: "payment-unknown" }]);
    expect(await world.db.strayPayment.findUnique({ where: { sessionId } })).toMatchObject({
      orderId: "ord_of_nobody",
      paymentIntentId: `pi_${sessionId}`,
      subscriptionId: `sub_${sessionId}`,
      email: "anna@post.example",
      totalMinor: 625,
      settledAt: null,
    });
  });

  test("and that was noted before its money was seen, is filled in by the next look", async () => {
    const sessionId = await paid("ord_of_nobody", world.ids.id("vis"));
    const see = cashier.payment.bind(cashier);
    cashier.payment = async () => undefined;
    await look();
    expect(await world.db.strayPayment.findUnique({ where: { sessionId } })).toMatchObject({ paymentIntentId: null });
    cashier.payment = see;
    world.clock.pass(601);
    await look();
    expect(await world.db.strayPayment.findUnique({ where: { sessionId } })).toMatchObject({
      paymentIntentId: `pi_${sessionId}`,
    });
  });

  test("is looked for every ten minutes, from where the last look ended", async () => {
    const asked: Date[] = [];
    cashier.paidVisits = async (since) => {
      asked.push(since);
      return [];
    };
    await look();
    await look();
    world.clock.pass(601);
    await look();
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(new Date(world.clock.now().getTime() - (7200 + 601) * 1000));
  });
});
