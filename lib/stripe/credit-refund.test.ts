import { afterAll, beforeAll, expect, test } from "vitest";
import { moneyOf } from "@/lib/billing/money.ts";
import { keys, movableClock, type Running, startStripe } from "@/sandbox/stripe/test-kit.ts";
import { stripeCashier } from "./cashier.ts";
import { openStripe } from "./client.ts";
import { stripeFamily } from "./test-family.ts";

const clock = movableClock();
let running: Running;
beforeAll(async () => {
  running = await startStripe({}, clock);
});
afterAll(() => running.close());

/** Whose refunds the bank takes at first, and gives back some seconds later. */
const gaveBack = "4000000000005126";
const sum = moneyOf(625, "GBP");

async function refundOf(card: string) {
  const family = await stripeFamily(running, clock, { card });
  const cashier = stripeCashier(openStripe(keys.full, running.at("")));
  const intent = String((await family.charges())[0]?.payment_intent);
  const giveBack = async (refundId: string): Promise<string> => {
    await cashier.refund(intent, sum, refundId);
    const found = await cashier.findRefund(intent, refundId);
    return found?.vendorId ?? "";
  };
  const notes = async () => (await family.sdk.creditNotes.list({ customer: family.customerId })).data;
  return { cashier, intent, giveBack, notes };
}

test("The books take an invoice back once, however often they are told", async () => {
  const { cashier, intent, giveBack, notes } = await refundOf("4242424242424242");
  const refund = await giveBack("ref_once");
  await cashier.creditRefund(intent, refund, sum);
  await cashier.creditRefund(intent, refund, sum);
  expect(await notes()).toMatchObject([{ total: 625, refunds: [{ refund, amount_refunded: 625 }] }]);
});

test("A refund that is begun anew, after the bank gave the first one back, needs no second note", async () => {
  const { cashier, intent, giveBack, notes } = await refundOf(gaveBack);
  const first = await giveBack("ref_anew");
  await cashier.creditRefund(intent, first, sum);
  clock.push(60);
  expect(await cashier.findRefund(intent, "ref_anew")).toMatchObject({ state: "failed" });
  await cashier.creditRefund(intent, await giveBack("ref_anew-2"), sum);
  expect(await notes()).toMatchObject([{ total: 625, refunds: [{ refund: first }] }]);
});
