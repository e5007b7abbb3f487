import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { minorOf } from "@/lib/billing/money.ts";
import { monthsAfter } from "@/lib/billing/next-bill.ts";
import { readNameYears } from "@/lib/billing/read-name-years.ts";
import { settleChanges } from "@/lib/billing/settle-changes.ts";
import { daysAfter } from "@/lib/clock.ts";
import { openCloudflare } from "@/lib/cloudflare/client.ts";
import { cloudflareRegistrar } from "@/lib/cloudflare/registrar.ts";
import { askToLeave } from "@/lib/households/ask-to-leave.ts";
import { changeBill } from "@/lib/households/change-bill.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { describeLeave } from "@/lib/households/describe-leave.ts";
import { showLeaveCode } from "@/lib/households/show-leave-code.ts";
import { domain } from "@/lib/provisioning/steps/domain.ts";
import { giveLeave } from "@/lib/staff/give-leave.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { sayNameLeft } from "@/lib/staff/say-name-left.ts";
import { stripeFamily } from "@/lib/stripe/test-family.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { compareNames } from "@/lib/tenants/compare-names.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { keys as cloudflareKeys, Running as Registry } from "@/sandbox/cloudflare/testing.ts";
import { movableClock, type Running, startStripe } from "@/sandbox/stripe/test-kit.ts";
import { answerBell } from "./answer-bell.ts";
import { testLetters } from "./letters/test-letters.ts";
import { reconcileTenant } from "./reconcile-tenant.ts";
import { billWorker } from "./test-worker.ts";
import type { WorkerTools } from "./tools.ts";

const clock = movableClock();
const world = { ...dbWorld(), clock };
const { db } = world;
const registry = new Registry();
let stripe: Running;
let worker: WorkerTools;
const today = clock.now();
beforeAll(() => registry.start());
beforeEach(async () => {
  clock.push((today.getTime() - clock.now().getTime()) / 1000);
  stripe = await startStripe({}, clock);
  const { token, account: accountId } = cloudflareKeys;
  const registrar = cloudflareRegistrar(openCloudflare({ token, accountId, url: registry.url }));
  const steps = [domain(registrar, { wholesaleCap: 40, namesPerCard: 3 })];
  worker = { ...billWorker(world, stripe), registrar, steps };
});
afterEach(() => stripe.close());
afterAll(async () => {
  await registry.stop();
  await db.$disconnect();
});

const letter = testLetters(world);
const day = 86_400;
const code = "Q7!kd-83_Zr+";
const reason = "The family asked";

const signedIn = (userId: string, factor: SignedIn["factor"]): SignedIn => ({
  ...{ userId, sessionId: "s", email: `${userId}@post.example`, emailVerified: true },
  ...{ factor, since: clock.now() },
});
async function staff(): Promise<SignedIn> {
  const userId = world.ids.id("usr");
  await db.staffMember.create({ data: { userId, name: "Priya", role: "support", addedAt: clock.now() } });
  return signedIn(userId, "passkey");
}

/** A family in a home that stands, its name bought at the registrar and its bill begun; and what passes with it. */
async function family() {
  const begun = clock.now();
  const bought = await stripeFamily(stripe, clock, { orderId: world.ids.id("ord"), period: "month", name: 175 });
  const { customerId, subscriptionId, orderId } = bought;
  const { order } = await makeOrder(world, {
    ...{ id: orderId, state: "paid", paidAt: begun, paidMinor: 625, paidCurrency: "GBP", quote: { ...smithQuote } },
    ...{ stripeCustomerId: customerId, stripeSubscriptionId: subscriptionId, paymentIntentId: `pi_${orderId}` },
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  const userId = world.ids.id("usr");
  await db.membership.create({ data: { userId, tenantId, role: "owner", since: begun } });
  await db.customer.create({ data: { id: customerId, orderId, createdAt: begun, nextSyncAt: begun } });
  const name = order.name ?? "";
  const look = () => reconcileTenant(worker, tenantId);
  const work = async () => {
    await look();
    await answerBell(worker, { kind: "bill", customerId });
    await readNameYears(worker);
    await settleChanges(worker, { orderId });
  };
  const pass = async (days: number) => {
    clock.push(days * day);
    await work();
  };
  const owner = () => ({ ...signedIn(userId, "link"), tenantId });
  await work();
  await work();
  await db.tenant.update({ where: { id: tenantId }, data: { readyAt: begun } });
  const transfer = (state: "asked" | "refused" | "done") =>
    registry.control("POST", `/registrations/${name}/transfer`, { state });
  /** Asked, waited for, given and seen. */
  const codeInHand = async () => {
    await askToLeave(world, owner());
    await pass(1);
    const { id: leaveId } = await db.nameLeave.findUniqueOrThrow({ where: { open: tenantId } });
    await giveLeave(world, await staff(), { leaveId, code, reason });
    return showLeaveCode(world, owner());
  };
  const step = () => db.stepState.findUniqueOrThrow({ where: { tenantId_step: { tenantId, step: "domain" } } });
  const tenant = () => db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const bill = () => describeBill(world, { userId, tenantId });
  const alerts = async () => {
    await keepAlerts(world);
    const open = await db.alert.findMany({ where: { open: { not: null }, orderId }, orderBy: { code: "asc" } });
    return open.map((alert) => alert.code);
  };
  /** What was ever bought of this name, and what goes back. */
  const spent = async () => {
    const sold = (await (await registry.control("GET", "/ledger?kind=registered")).json()) as Sold[];
    return [sold.filter((one) => one.order.name === name).length, await db.refund.count({ where: { orderId } })];
  };
  return {
    ...bought,
    ...{ name, tenantId, order, begun, owner, look, work, pass, transfer, codeInHand },
    ...{ step, tenant, bill, alerts, spent },
  };
}
type Family = Awaited<ReturnType<typeof family>>;
interface Sold {
  readonly order: { readonly name: string };
}

async function comparedTwice(smith: Family): Promise<void> {
  for (const _ of [1, 2]) {
    await smith.pass(1.1);
    await compareNames(worker);
  }
}
/** What the vendor's invoices have for the name, oldest first. */
async function partsOf({ sdk, customerId }: Family): Promise<number[]> {
  const { data } = await sdk.invoices.list({ customer: customerId, limit: 100 });
  const products = await sdk.products.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
  const ours = new Set(
    products.filter(({ metadata }) => /^(name|rest-of-name)$/.test(metadata["what"] ?? "")).map(({ id }) => id),
  );
  const lines = data.toReversed().flatMap((invoice) => invoice.lines.data);
  return lines.filter(({ pricing }) => ours.has(pricing?.price_details?.product ?? "")).map(({ amount }) => amount);
}
const parts = (n: number, minor: number): number[] => Array.from({ length: n }, () => minor);

describe("A name that leaves with its family", () => {
  test("is theirs elsewhere once it is gone, and is not missed, bought again, or paid back", async () => {
    const smith = await family();
    await smith.pass(61);
    expect(await smith.codeInHand()).toBe(code);
    await smith.transfer("asked");
    await smith.look();
    expect(await smith.step()).toMatchObject({ state: "settled", facts: { leaving: true } });
    expect((await describeLeave(world, smith.owner())).state).toBe("leaving");
    await smith.transfer("done");
    await smith.look();
    await smith.look();
    expect(await smith.step()).toMatchObject({ state: "settled", facts: { elsewhere: true } });
    expect(await smith.tenant()).toMatchObject({ want: "present", nameLeftAt: expect.any(Date) });
    const leave = await db.nameLeave.findFirstOrThrow({ where: { tenantId: smith.tenantId } });
    expect(leave).toMatchObject({ open: null, sealed: null, endedHow: "left" });
    const told = await db.mail.findMany({ where: { cause: { startsWith: `name-left:${leave.id}` } } });
    expect(told).toHaveLength(1);
    expect(await letter("name-left", told[0]?.values)).toMatchObject({
      subject: `${smith.name} is with another company now`,
    });
    await comparedTwice(smith);
    expect(await smith.alerts()).toEqual([]);
    expect(await smith.spent()).toEqual([1, 0]);
    // Whoever has it there lets it run out one day: it is free, and no purchase of ours.
    await registry.control("PUT", `/names/${smith.name}`, { state: "available" });
    await smith.look();
    expect(await smith.spent()).toEqual([1, 0]);
  });

  test("by a code whose days were over has left all the same", async () => {
    const smith = await family();
    await smith.pass(61);
    await smith.codeInHand();
    await db.nameLeave.updateMany({
      where: { tenantId: smith.tenantId },
      data: { open: null, sealed: null, endedAt: clock.now(), endedHow: "ran-out" },
    });
    expect(await smith.alerts()).toEqual(["name-lock"]);
    await smith.transfer("done");
    await smith.look();
    expect((await smith.tenant()).nameLeftAt).not.toBeNull();
    expect(await smith.alerts()).toEqual([]);
  });

  test("is paid for to the end of its year, in its parts; no later year is read, told or billed", async () => {
    const smith = await family();
    await smith.pass(61);
    await smith.codeInHand();
    await smith.transfer("done");
    await smith.work();
    const next = (await smith.bill()).ahead?.next;
    expect([next?.year, next?.bill].map((sum) => sum && minorOf(sum))).toEqual([0, 450]);
    const begins = monthsAfter(smith.begun, 12);
    for (const on of [-200, -100, -59, -46, -44, -15, -4, -2, -1, 1, 32, 200, 310, 363, 370]) {
      clock.push((daysAfter(begins, on).getTime() - clock.now().getTime()) / 1000);
      await smith.work();
    }
    expect(await partsOf(smith)).toEqual([...parts(12, 175), ...parts(13, 0)]);
    expect(await db.nameYear.findMany({ where: { orderId: smith.orderId } })).toMatchObject([
      { year: 2, priceMinor: 0, announcedAt: null },
    ]);
    // By its order: other families of these tests have the same mailbox.
    const dearer = { kind: "name-dearer", values: { path: ["orderId"], equals: smith.orderId } };
    expect(await db.mail.count({ where: dearer })).toBe(0);
    const { lines, ending } = await smith.bill();
    expect(lines.map(({ what }) => what)).toEqual(["home"]);
    expect(ending && minorOf(ending.restToday)).toBe(0);
  });

  test("leaves its family to stop its bill as ever, with the rest of the year on it", async () => {
    const smith = await family();
    await smith.pass(61);
    await smith.codeInHand();
    await smith.transfer("done");
    await smith.work();
    await changeBill(world, smith.owner(), { wish: "stop-now", restLabel: "The rest of the year" });
    for (const _ of [1, 2, 3]) await smith.pass(0.2);
    // £21.00, of which three parts were paid or are asked for.
    expect(await partsOf(smith)).toEqual([...parts(3, 175), 1575]);
  });
});

describe("A name that is gone", () => {
  test("without a leave is a person's to look into: not bought, not paid back, not called left", async () => {
    const smith = await family();
    await smith.pass(61);
    await askToLeave(world, smith.owner());
    await smith.transfer("done");
    await smith.look();
    expect((await smith.tenant()).nameLeftAt).toBeNull();
    expect(await smith.step()).toMatchObject({ state: "blocked", reason: { code: "name-lost" } });
    expect(await smith.alerts()).toContain("name-lost");
    expect(await smith.spent()).toEqual([1, 0]);
    expect((await db.order.findUniqueOrThrow({ where: { id: smith.orderId } })).state).toBe("paid");
  });

  test("after our tables were set back to before the leave is one that a person says has left", async () => {
    const smith = await family();
    await smith.pass(61);
    await smith.codeInHand();
    await smith.transfer("done");
    await db.nameLeave.deleteMany({ where: { tenantId: smith.tenantId } });
    await comparedTwice(smith);
    expect(await smith.spent()).toEqual([1, 0]);
    expect(await smith.alerts()).toEqual(["name-lost"]);
    const say = async (who: SignedIn) => sayNameLeft(world, who, { tenantId: smith.tenantId, reason });
    await expect(say(smith.owner())).rejects.toMatchObject({ kind: "not-found" });
    await say(await staff());
    await smith.look();
    expect(await smith.step()).toMatchObject({ state: "settled", facts: { elsewhere: true } });
    expect(await smith.alerts()).toEqual([]);
    expect(await smith.spent()).toEqual([1, 0]);
    await expect(say(await staff())).rejects.toMatchObject({ kind: "changed-meanwhile" });
  });

  test("and was said to have left is looked after again where the registrar lists it after all", async () => {
    const smith = await family();
    await db.tenant.update({ where: { id: smith.tenantId }, data: { nameLeftAt: clock.now() } });
    await smith.look();
    expect((await smith.tenant()).nameLeftAt).toBeNull();
  });

  test("that another registrar asks for without a leave can still be stopped by a person", async () => {
    const smith = await family();
    await smith.pass(61);
    await smith.transfer("asked");
    await smith.look();
    expect(await smith.alerts()).toEqual(["registry-status"]);
    await smith.transfer("refused");
    await smith.look();
    expect(await smith.alerts()).toEqual([]);
  });
});
