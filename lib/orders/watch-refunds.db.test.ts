import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeRefund } from "@/lib/testing/make-refund.ts";
import { PretendCashier } from "@/lib/testing/pretend-cashier.ts";
import { followEvent } from "./follow-event.ts";
import { settleRefunds } from "./settle-refunds.ts";
import { watchRefunds } from "./watch-refunds.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());
const day = 86_400;

let cashier: PretendCashier;
const tools = () => ({ ...world, cashier });
beforeEach(async () => {
  cashier = new PretendCashier();
  await world.db.refund.updateMany({ data: { nextTryAt: null } });
});

/** The vendor says that the money went. */
async function wentBack() {
  const { order, refund } = await makeRefund(world);
  const { id } = refund;
  await settleRefunds(tools(), { orderId: order.id });
  const stands = async () => ({
    refund: (await world.db.refund.findUniqueOrThrow({ where: { id } })).state,
    order: (await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).state,
    told: await world.db.mail.count({ where: { cause: `refund-held:${id}` } }),
  });
  expect(await stands()).toEqual({ refund: "done", order: "refunded", told: 0 });
  return { id, stands };
}
const held = { refund: "refused", order: "refunding", told: 1 };

describe("Money that went back, and that the bank gives back to us days later", () => {
  test("is not back any more when the vendor tells us, and the buyer hears of it once", async () => {
    const { id, stands } = await wentBack();
    cashier.refundState = "failed";
    for (const nth of [1, 2]) {
      const event = { id: `evt_${id}_${nth}`, type: "refund.failed", objectId: `re_${id}`, orderId: null };
      await world.db.webhookEvent.create({ data: { ...event, receivedAt: world.clock.now() } });
      await followEvent(tools(), event.id);
    }
    expect(await stands()).toEqual(held);
  });

  test("is found by ourselves within a day when the vendor's word is lost", async () => {
    const { stands } = await wentBack();
    cashier.refundState = "failed";
    await watchRefunds(tools());
    expect(await stands()).toMatchObject({ refund: "done" });
    world.clock.pass(day);
    await watchRefunds(tools());
    expect(await stands()).toEqual(held);
  });

  test("is looked for six times, and not any more when it cannot come", async () => {
    const { id } = await wentBack();
    let looks = 0;
    const find = cashier.findRefund.bind(cashier);
    cashier.findRefund = async (intent, name) => {
      looks += 1;
      return find(intent, name);
    };
    for (let days = 0; days < 40; days++) {
      world.clock.pass(day);
      await watchRefunds(tools());
    }
    expect(looks).toBe(6);
    expect(await world.db.refund.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: "done",
      nextTryAt: null,
    });
  });
});
