import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { minorOf } from "@/lib/billing/money.ts";
import type { Cashier } from "@/lib/billing/ports.ts";
import { Unreachable } from "@/lib/errors.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { describeOrder } from "@/lib/orders/describe-order.ts";
import { startCheckout } from "@/lib/orders/start-checkout.ts";
import { giveCoupon } from "@/lib/staff/give-coupon.ts";
import { stripeCheckoutDesk } from "@/lib/stripe/checkout-desk.ts";
import { openStripe } from "@/lib/stripe/client.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { keys, movableClock, type Running, startStripe, submit } from "@/sandbox/stripe/test-kit.ts";
import { answerBell } from "./answer-bell.ts";
import { testLetters } from "./letters/test-letters.ts";
import { billWorker } from "./test-worker.ts";
import type { WorkerTools } from "./tools.ts";

const clock = movableClock();
const world = { ...dbWorld(), clock };
const { db } = world;
let stripe: Running;
let worker: WorkerTools;
type Sdk = ReturnType<typeof openStripe>;
type Coupon = NonNullable<Parameters<Sdk["coupons"]["create"]>[0]>;
let sdk: Sdk;
beforeAll(async () => {
  stripe = await startStripe({}, clock);
  worker = billWorker(world, stripe);
  sdk = openStripe(keys.full, stripe.at(""));
});
afterAll(async () => {
  await stripe.close();
  await db.$disconnect();
});

const letter = testLetters(world);
const month = 31 * 86_400;

/** A code of the operator's, made on the vendor's own pages. */
async function codeFor(coupon: Coupon): Promise<string> {
  const { id } = await sdk.coupons.create({ name: "Welcome", ...coupon });
  const promotion = { type: "coupon", coupon: id } as const;
  return (await sdk.promotionCodes.create({ promotion })).code;
}

/** Goes to pay £6.25, types the code there, and pays what is left. */
async function buyWith(code: string) {
  const { order, key } = await makeOrder(world);
  const price = { currency: "USD", registration: "17.80", renewal: "17.80" };
  const names: NameSearch = {
    check: async (list) => list.map((name) => ({ name, kind: "available", price })),
    registrationSchema: async () => ({}),
  };
  const desk = stripeCheckoutDesk(openStripe(keys.full, stripe.at("")));
  const labels = { home: "Your home on Matrix", name: "The name" };
  const urls = { success: "http://shop.example/ok", cancel: "http://shop.example/no" };
  const agreed = { consent: true, consentText: "Begin now", childConsent: "I agree for Mia" };
  const asked = { key, version: order.version, ...agreed, labels, urls };
  await startCheckout({ ...world, desk, names }, asked);
  const { sessionId } = await db.checkout.findFirstOrThrow({ where: { orderId: order.id } });
  await fetch(stripe.at(`/c/pay/${sessionId}/code`), { method: "POST", body: new URLSearchParams({ code }) });
  await submit(stripe, sessionId ?? "", "4242424242424242");
  await answerBell(worker, { kind: "order", orderId: order.id });
  const bought = await db.order.findUniqueOrThrow({ where: { id: order.id } });
  const look = () => answerBell(worker, { kind: "bill", customerId: bought.stripeCustomerId ?? "" });
  const tenant = await db.tenant.findFirst({ where: { orderId: order.id } });
  const who = { userId: world.ids.id("usr"), tenantId: tenant?.id ?? "" };
  if (tenant) await db.membership.create({ data: { ...who, role: "owner", since: clock.now() } });
  if (tenant) await look();
  const nextBill = async () => {
    clock.push(month);
    await look();
    // The vendor charges an hour after a bill was drawn.
    clock.push(2 * 3600);
    await look();
  };
  return { order: bought, key, who, look, nextBill, bill: () => describeBill(world, who) };
}

describe("A code that a buyer types on the payment page", () => {
  test("is a line of its own on the receipt and on the bill, with what it is without it", async () => {
    const smith = await buyWith(await codeFor({ percent_off: 10, duration: "repeating", duration_in_months: 3 }));
    expect(smith.order).toMatchObject({ state: "paid", paidMinor: 562 });
    const receipt = (await letter("receipt", { orderId: smith.order.id }))?.text;
    expect(receipt).toContain("first of twelve parts: £1.75\nYour coupon: -£0.63\nTax is included.");
    const { coupons, total, next, past } = await smith.bill();
    expect(coupons).toMatchObject([{ label: "Welcome", once: false, until: expect.any(Date) }]);
    expect([minorOf(total), coupons.map(({ off }) => minorOf(off)), next && minorOf(next.sum)]).toEqual([
      625,
      [63],
      562,
    ]);
    expect(past.map(({ sum, off }) => [minorOf(sum), off && minorOf(off)])).toEqual([[562, 63]]);
  });

  test.each([
    ["a tenth for ever", { percent_off: 10, duration: "forever" }, [562, 562, 562]],
    ["an eighth of one bill", { percent_off: 12.5, duration: "once" }, [547, 625, 625]],
    [
      "a pound for two months",
      { amount_off: 100, currency: "gbp", duration: "repeating", duration_in_months: 2 },
      [525, 525, 625],
    ],
  ] as const)("of %s makes each next bill what the page says it will be", async (_what, coupon, sums) => {
    const smith = await buyWith(await codeFor(coupon));
    for (const _ of sums.slice(1)) {
      const said = (await smith.bill()).next;
      await smith.nextBill();
      expect((await smith.bill()).past[0]?.sum).toEqual(said?.sum);
    }
    const drawn = (await smith.bill()).past.map(({ sum }) => minorOf(sum)).toReversed();
    expect(drawn).toEqual(sums);
  });

  test("that nobody made changes nothing", async () => {
    expect((await buyWith("NO-SUCH-CODE")).order).toMatchObject({ state: "paid", paidMinor: 625 });
  });

  test("that takes everything is turned away: nothing is bought, nothing runs on, and they are told why they may pay again", async () => {
    const { order, key } = await buyWith(await codeFor({ percent_off: 100, duration: "once" }));
    expect(order).toMatchObject({ state: "draft", paidAt: null, paidMinor: null });
    expect(await describeOrder(world, key)).toMatchObject({ turnedAway: true });
    expect(await db.tenant.count({ where: { orderId: order.id } })).toBe(0);
    const running = (await sdk.subscriptions.list({ status: "all", limit: 100 })).data.filter(
      ({ metadata }) => metadata["orderId"] === order.id,
    );
    expect(running.map(({ status }) => status)).toEqual(["canceled"]);
  });
});

describe("A coupon that staff put on a running bill", () => {
  async function oneOfTheStaff(): Promise<SignedIn> {
    const userId = world.ids.id("usr");
    await db.staffMember.create({ data: { userId, name: "Wren", role: "support", addedAt: clock.now() } });
    const email = "wren@post.example";
    return { userId, sessionId: "s", email, emailVerified: true, factor: "passkey", since: clock.now() };
  }
  const work = async (orderId: string, look: () => Promise<void>, with_ = worker) => {
    await answerBell(with_, { kind: "order", orderId });
    await look();
  };

  test("is beside the one they have from the next bill on, once wherever a worker is killed", async () => {
    for (const killedAt of ["before", "after"]) {
      const { order, look, bill, nextBill } = await buyWith(await codeFor({ percent_off: 10, duration: "forever" }));
      const code = await codeFor({ amount_off: 100, currency: "gbp", duration: "once", name: "For the trouble" });
      const asked = { orderId: order.id, code, reason: "Their home was away for a day" };
      await giveCoupon(world, await oneOfTheStaff(), asked);
      const dies: Cashier["giveCoupon"] = async (...all) => {
        if (killedAt === "after") await worker.cashier.giveCoupon(...all);
        throw new Unreachable("Nobody knows", { vendor: "Stripe", call: "subscriptions.update" }, "unknown");
      };
      await work(order.id, look, { ...worker, cashier: { ...worker.cashier, giveCoupon: dies } });
      clock.push(600);
      await work(order.id, look);
      const { coupons, next } = await bill();
      expect(coupons.map(({ label, off }) => [label, minorOf(off)])).toEqual([
        ["Welcome", 63],
        ["For the trouble", 100],
      ]);
      await nextBill();
      expect((await bill()).past[0]?.sum).toEqual(next?.sum);
      // A database that was set back to the wish finds it given, though it is used up by now.
      await db.billChange.updateMany({ where: { orderId: order.id }, data: { state: "wanted", doneAt: null } });
      await work(order.id, look);
      expect((await bill()).coupons.map(({ label }) => label)).toEqual(["Welcome"]);
    }
  });

  test("by a code that nobody made is put before a person, and one that is none is not taken", async () => {
    const { order, look } = await buyWith("");
    const staff = await oneOfTheStaff();
    const give = (code: string) => giveCoupon(world, staff, { orderId: order.id, code, reason: "For the trouble" });
    await expect(give("two words")).rejects.toMatchObject({ kind: "bad-input" });
    await give("NO-SUCH-CODE");
    await work(order.id, look);
    expect(await db.billChange.findMany({ where: { orderId: order.id } })).toMatchObject([
      { kind: "coupon", state: "refused", detail: expect.stringContaining("There is no code NO-SUCH-CODE") },
    ]);
  });
});
