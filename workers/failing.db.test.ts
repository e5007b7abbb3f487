import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { moneyOf } from "@/lib/billing/money.ts";
import { Refused, Unreachable } from "@/lib/errors.ts";
import { log } from "@/lib/log.ts";
import { settleRefunds } from "@/lib/orders/settle-refunds.ts";
import { SmallWorld } from "@/lib/provisioning/testing/small-world.ts";
import { mostTries } from "@/lib/queue/after-failure.ts";
import { bellId } from "@/lib/queue/bell-shape.ts";
import { nobodysLedger } from "@/lib/stripe/nobody.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { makeRefund } from "@/lib/testing/make-refund.ts";
import { PretendCashier } from "@/lib/testing/pretend-cashier.ts";
import type { Bell } from "@/lib/world.ts";
import { answerBell } from "./answer-bell.ts";
import { findDue, sweepSlowly } from "./sweep.ts";
import { nobodyAsks, noTrials } from "./test-worker.ts";
import type { WorkerTools } from "./tools.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

let cashier: PretendCashier;
let logged: string[];
beforeEach(() => {
  cashier = new PretendCashier();
  logged = [];
});

const worker = (differs: Partial<WorkerTools> = {}): WorkerTools => ({
  ...world,
  log: { ...log, error: (...said: unknown[]) => void logged.push(JSON.stringify(said)), warn: () => undefined },
  steps: [],
  cashier,
  ledger: nobodysLedger,
  registrar: new SmallWorld().hands().registrar,
  asks: nobodyAsks,
  ...noTrials,
  doubtSeconds: 60,
  holder: "worker-1",
  sendMails: async () => undefined,
  ...differs,
});
const answer = (tools: WorkerTools, bell: Bell) => answerBell(tools, bell).catch((error: Error) => error.message);

/** An order at the payment page, with a webhook that says so. */
async function event() {
  const { order } = await makeOrder(world, { state: "checkout" });
  const { sessionId } = await cashier.open({
    checkoutId: world.ids.id("vis"),
    orderId: order.id,
    email: "",
    period: "month",
    tax: "inclusive",
    lines: [{ what: "home", label: "Your home", sum: moneyOf(0, "GBP") }],
    successUrl: "",
    cancelUrl: "",
    expiresAt: world.clock.now(),
  });
  const now = world.clock.now();
  const visit = { orderId: order.id, try: 1, sessionId, state: "open", totalMinor: 0, currency: "GBP", createdAt: now };
  await world.db.checkout.create({ data: { id: sessionId.slice(3), ...visit } });
  const id = world.ids.id("evt");
  await world.db.webhookEvent.create({
    data: { id, type: "checkout.session.completed", objectId: sessionId, receivedAt: now },
  });
  world.clock.pass(4);
  return { kind: "event", eventId: id } as const;
}
const isDue = async (bell: Bell) => (await findDue(worker())).some((one) => bellId(one) === bellId(bell));
const failed = (bell: Bell) => world.db.failedBell.findUnique({ where: { id: bellId(bell) } });

describe("A webhook that cannot be followed", () => {
  const strange = new Error("The payment vendor says 1 GBP");

  test("comes again ever later, not every second, and is given up after a dozen tries", async () => {
    const bell = await event();
    cashier.look = () => Promise.reject(strange);
    const waits: number[] = [];
    while (!(await failed(bell))?.deadAt) {
      expect(await isDue(bell)).toBe(true);
      await answer(worker(), bell);
      expect(await isDue(bell)).toBe(false);
      const row = await failed(bell);
      const seconds = row ? (row.nextTryAt.getTime() - world.clock.now().getTime()) / 1000 : 0;
      waits.push(seconds);
      world.clock.pass(seconds);
    }
    expect(waits.slice(0, 5)).toEqual([2, 4, 8, 16, 32]);
    expect(waits).toHaveLength(mostTries);
    world.clock.pass(86_400);
    expect(await isDue(bell)).toBe(false);
    expect(await failed(bell)).toMatchObject({ detail: "Error: The payment vendor says 1 GBP", bell });
  });

  test("is forgotten as a failure once it was followed", async () => {
    const bell = await event();
    const look = cashier.look.bind(cashier);
    cashier.look = () => Promise.reject(strange);
    await answer(worker(), bell);
    cashier.look = look;
    expect(await answer(worker(), bell)).toBeUndefined();
    expect(await failed(bell)).toBeNull();
    expect(await isDue(bell)).toBe(false);
  });

  test("holds up none that can be", async () => {
    const [stuck, other] = [await event(), await event()];
    await answer(worker({ cashier: { ...cashier, look: () => Promise.reject(strange) } as never }), stuck);
    expect(await isDue(other)).toBe(true);
  });
});

describe("A refund that cannot be made", () => {
  async function wanted() {
    const { refund } = await makeRefund(world);
    world.clock.pass(1);
    return () => world.db.refund.findUniqueOrThrow({ where: { id: refund.id } });
  }
  const failFor = (id: string, error: Error) => {
    const find = cashier.findRefund.bind(cashier);
    cashier.findRefund = async (payment, refundId) => {
      if (refundId === id) throw error;
      return find(payment, refundId);
    };
  };

  test.each([
    ["the vendor not answering", new Unreachable("no answer", { vendor: "Stripe", call: "refunds.list" }), 0],
    ["a bug", new TypeError("undefined is not a function"), 1],
  ])("for %s waits its turn, and those behind it are made", async (_, error, heard) => {
    const [first, second] = [await wanted(), await wanted()];
    failFor((await first()).id, error);
    await sweepSlowly(worker());
    expect(await second()).toMatchObject({ state: "done" });
    expect(await first()).toMatchObject({ state: "wanted", tries: 1, deadAt: null });
    expect(logged.filter((said) => said.includes("settle refunds"))).toHaveLength(heard);
    // Not again before its turn, and then it is made.
    cashier.findRefund = PretendCashier.prototype.findRefund;
    await settleRefunds(worker());
    expect((await first()).state).toBe("wanted");
    world.clock.pass(2);
    await settleRefunds(worker());
    expect(await first()).toMatchObject({ state: "done", tries: 0 });
  });

  test("is given up after a dozen tries, and no bell of its order fails because of it any more", async () => {
    const refund = await wanted();
    const { id, orderId } = await refund();
    failFor(id, new TypeError("a bug"));
    for (let n = 0; n < mostTries; n++) {
      await settleRefunds(worker()).catch(() => undefined);
      world.clock.pass(3600);
    }
    expect((await refund()).deadAt).not.toBeNull();
    await answerBell(worker(), { kind: "order", orderId: orderId ?? "" });
    expect((await refund()).tries).toBe(mostTries);
  });
});

test("A part of the slow sweep that fails goes to the log and stops none after it", async () => {
  const { order } = await makeOrder(world, {
    state: "lost",
    lostAt: new Date(world.clock.now().getTime() - 80 * 3_600_000),
  });
  const good = await makeOrder(world, {
    state: "lost",
    lostAt: order.lostAt,
    paymentIntentId: world.ids.id("pi"),
    paidMinor: 625,
    paidCurrency: "GBP",
  });
  await sweepSlowly(worker());
  // The first was never paid, which is a bug of ours; the second goes back all the same, in the part after it.
  expect(logged.join()).toContain("give money back to buyers who say nothing");
  expect(await world.db.refund.findFirstOrThrow({ where: { orderId: good.order.id } })).toMatchObject({
    state: "done",
  });
  await world.db.order.update({ where: { id: order.id }, data: { state: "expired" } });
});

test("What is kept of a failure names vendor, call and answer", async () => {
  const bell = await event();
  cashier.look = () => Promise.reject(new Refused("No such session", { vendor: "Stripe", call: "look", status: 404 }));
  await answer(worker(), bell);
  expect(await failed(bell)).toMatchObject({ tries: 1, detail: "Stripe answered 404 to look: No such session" });
});
