import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { log } from "@/lib/log.ts";
import { settleRefunds } from "@/lib/orders/settle-refunds.ts";
import { allSteps } from "@/lib/provisioning/steps/index.ts";
import { SmallWorld } from "@/lib/provisioning/testing/small-world.ts";
import { bellId } from "@/lib/queue/bell-shape.ts";
import { describeFamily } from "@/lib/staff/describe-family.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { countAlerts, listAlerts } from "@/lib/staff/list-alerts.ts";
import { tryAgain } from "@/lib/staff/try-again.ts";
import { tryDeadAgain } from "@/lib/staff/try-dead-again.ts";
import { nobodysLedger } from "@/lib/stripe/nobody.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { makeRefund } from "@/lib/testing/make-refund.ts";
import { PretendCashier } from "@/lib/testing/pretend-cashier.ts";
import { reconcileTenant } from "./reconcile-tenant.ts";
import { findDue } from "./sweep.ts";
import { nobodyAsks, noTrials } from "./test-worker.ts";
import type { WorkerTools } from "./tools.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

let outside: SmallWorld;
let cashier: PretendCashier;
beforeEach(() => {
  outside = new SmallWorld();
  cashier = new PretendCashier();
});

const worker = (): WorkerTools => ({
  ...world,
  log: { ...log, error: () => undefined, warn: () => undefined },
  steps: allSteps(outside.hands()),
  registrar: outside.hands().registrar,
  asks: nobodyAsks,
  ...noTrials,
  cashier,
  ledger: nobodysLedger,
  doubtSeconds: 60,
  holder: "worker-1",
  sendMails: async () => undefined,
  clock: { now: () => world.clock.now(), sleep: () => new Promise(() => undefined) },
});
async function staff(): Promise<SignedIn> {
  const userId = world.ids.id("usr");
  await world.db.staffMember.create({
    data: { userId, name: "Priya N.", role: "support", addedAt: world.clock.now() },
  });
  return {
    userId,
    sessionId: "s",
    email: "priya@post.example",
    emailVerified: true,
    factor: "passkey",
    since: world.clock.now(),
  };
}
async function family() {
  const { order } = await makeOrder(world, {
    state: "paid",
    paidAt: world.clock.now(),
    paidMinor: 625,
    paidCurrency: "GBP",
    paymentIntentId: world.ids.id("pi"),
  });
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  return { orderId: order.id, tenantId };
}
const alertsOf = (orderId: string) => world.db.alert.findMany({ where: { orderId }, orderBy: { openedAt: "asc" } });
const reason = "case 881";

describe("A blocked order", () => {
  test("opens one alert, however often and by however many workers it is seen, and closes it by itself", async () => {
    const { orderId, tenantId } = await family();
    outside.plan("register", "refuse");
    await reconcileTenant(worker(), tenantId);
    await Promise.all(Array.from({ length: 5 }, () => keepAlerts(world)));
    await keepAlerts(world, tenantId);
    expect(await alertsOf(orderId)).toMatchObject([
      { about: "step", step: "domain", code: "refused", tenantId, closedAt: null },
    ]);
    const who = await staff();
    await tryAgain(world, who, { tenantId, reason });
    world.clock.pass(1);
    await reconcileTenant(worker(), tenantId);
    expect(await alertsOf(orderId)).toMatchObject([{ open: null, closedAt: world.clock.now() }]);
    const { events } = await describeFamily(world, who, { tenantId }, "staff");
    expect(events.filter((event) => event.kind === "alert")).toMatchObject([
      { what: "closed", code: "refused", step: "domain" },
      { what: "opened", code: "refused", step: "domain" },
    ]);
  });

  test("that is blocked again opens another, and the first stays closed", async () => {
    const { orderId, tenantId } = await family();
    outside.plan("register", "refuse", "refuse");
    await reconcileTenant(worker(), tenantId);
    await tryAgain(world, await staff(), { tenantId, reason });
    world.clock.pass(1);
    outside.plan("register");
    outside.price = { ...outside.price, registration: "99.00" };
    await reconcileTenant(worker(), tenantId);
    expect((await alertsOf(orderId)).map(({ code, open }) => [code, open !== null])).toEqual([
      ["refused", false],
      ["price-changed", true],
    ]);
  });

  test("whose owner has to answer opens none for a day, and then one: somebody should call", async () => {
    const { orderId, tenantId } = await family();
    outside.visible = false;
    outside.workflow = { state: "action-required" };
    await reconcileTenant(worker(), tenantId);
    await keepAlerts(world);
    expect(await alertsOf(orderId)).toEqual([]);
    world.clock.pass(86_400);
    await keepAlerts(world);
    expect(await alertsOf(orderId)).toMatchObject([{ about: "late", code: "late" }]);
    outside.workflow = undefined;
    outside.visible = true;
    await reconcileTenant(worker(), tenantId);
    await keepAlerts(world);
    expect((await alertsOf(orderId)).filter(({ open }) => open !== null)).toEqual([]);
  });

  test("whose name was lost is the buyer's to answer, and its home's end alarms nobody", async () => {
    const { orderId, tenantId } = await family();
    outside.available = "taken";
    await reconcileTenant(worker(), tenantId);
    await keepAlerts(world);
    expect((await alertsOf(orderId)).filter(({ open }) => open !== null)).toEqual([]);
  });
});

describe("A refund that the bank refused", () => {
  async function refused() {
    const { order, refund } = await makeRefund(world);
    const { id } = refund;
    cashier.refundState = "failed";
    await settleRefunds(worker(), { orderId: order.id });
    await keepAlerts(world);
    const [alert] = await alertsOf(order.id);
    if (!alert) throw new Error("no alert");
    return { orderId: order.id, refundId: id, alert };
  }

  test("opens an alert, is begun anew once however often the button is pressed, and goes back once", async () => {
    const { orderId, refundId, alert } = await refused();
    expect(alert).toMatchObject({ code: "refund-failed", detail: "The bank did not take it" });
    const who = await staff();
    const said = await Promise.all(
      Array.from({ length: 6 }, () => tryDeadAgain(world, who, { alertId: alert.id, reason })),
    );
    expect(said.filter(({ values }) => values?.["n"] === 1)).toHaveLength(1);
    cashier.findRefund = async (_, name) =>
      cashier.refunds.has(name) ? { vendorId: `re_${name}`, state: name === refundId ? "failed" : "done" } : undefined;
    await settleRefunds(worker(), { orderId });
    await settleRefunds(worker(), { orderId });
    expect([...cashier.refunds.keys()]).toEqual([refundId, `${refundId}-2`]);
    expect(await world.db.refund.findUniqueOrThrow({ where: { id: refundId } })).toMatchObject({ state: "done" });
    await keepAlerts(world);
    expect((await alertsOf(orderId)).filter(({ open }) => open !== null)).toEqual([]);
    expect(await world.db.audit.count({ where: { subject: orderId, act: "try-dead-again", reason } })).toBe(6);
  });

  test("is not asked for a second time while the first is on its way after all", async () => {
    const { orderId, refundId, alert } = await refused();
    await tryDeadAgain(world, await staff(), { alertId: alert.id, reason });
    cashier.refundState = "done";
    await settleRefunds(worker(), { orderId });
    expect([...cashier.refunds.keys()]).toEqual([refundId]);
    expect(await world.db.refund.findUniqueOrThrow({ where: { id: refundId } })).toMatchObject({ state: "done" });
  });
});

describe("What was given up", () => {
  test.each(["mail", "bell"] as const)("of the kind %s opens an alert, and is begun anew once", async (kind) => {
    const { order } = await makeOrder(world);
    const now = world.clock.now();
    const bell = { kind: "order", orderId: order.id } as const;
    const dead = { deadAt: now, tries: 12, nextTryAt: now, detail: "no" };
    const mailId = world.ids.id("mail");
    if (kind === "bell") await world.db.failedBell.create({ data: { id: bellId(bell), bell, firstAt: now, ...dead } });
    else
      await world.db.mail.create({
        data: {
          id: mailId,
          cause: mailId,
          kind: "receipt",
          to: "x@post.example",
          values: bell,
          createdAt: now,
          ...dead,
        },
      });
    await keepAlerts(world);
    const [alert] = await alertsOf(order.id);
    expect(alert).toMatchObject({ about: kind, code: `${kind}-stuck` });
    const who = await staff();
    world.rung.length = 0;
    const press = () => tryDeadAgain(world, who, { alertId: alert?.id ?? "", reason });
    expect(await press()).toEqual({ key: "staff.outcome.begunAnew", values: { n: 1 } });
    expect(await press()).toEqual({ key: "staff.outcome.begunAnew", values: { n: 0 } });
    const again = kind === "bell" ? bell : ({ kind: "mail" } as const);
    expect(world.rung).toEqual([again]);
    // A lost ring costs a second.
    expect((await findDue(worker())).map(bellId)).toContain(bellId(again));
    await world.db.mail.deleteMany({ where: { id: mailId } });
    await keepAlerts(world);
    expect((await alertsOf(order.id)).filter(({ open }) => open !== null)).toEqual([]);
  });
});

test("All mails that were given up are begun anew together, once their one cause is gone, and the bell is rung once", async () => {
  const now = world.clock.now();
  const ids = [world.ids.id("mail"), world.ids.id("mail"), world.ids.id("mail")];
  const dead = {
    kind: "receipt",
    to: "x@post.example",
    values: {},
    createdAt: now,
    nextTryAt: now,
    deadAt: now,
    tries: 12,
  };
  await world.db.mail.createMany({ data: ids.map((id) => ({ id, cause: id, detail: "535 no", ...dead })) });
  await keepAlerts(world);
  const who = await staff();
  const before = (await listAlerts(world, who)).bulk.find(({ code }) => code === "mail-stuck");
  expect(before?.n).toBeGreaterThanOrEqual(3);
  world.rung.length = 0;
  await tryDeadAgain(world, who, { code: "mail-stuck", reason });
  expect(world.rung).toEqual([{ kind: "mail" }]);
  expect(await world.db.mail.count({ where: { id: { in: ids }, deadAt: null, tries: 0 } })).toBe(3);
  expect((await listAlerts(world, who)).bulk.some(({ code }) => code === "mail-stuck")).toBe(false);
  expect(await tryDeadAgain(world, who, { code: "mail-stuck", reason })).toMatchObject({ values: { n: 0 } });
  await world.db.mail.deleteMany({ where: { id: { in: ids } } });
});

describe("The list of alerts", () => {
  test("begins with the one that waits longest, leads to its step, and is counted", async () => {
    const who = await staff();
    const before = await countAlerts(world, who);
    const made: string[] = [];
    for (let n = 0; n < 2; n++) {
      const { orderId, tenantId } = await family();
      outside.plan("register", "refuse");
      await reconcileTenant(worker(), tenantId);
      made.push(orderId);
      world.clock.pass(60);
    }
    expect(await countAlerts(world, who)).toBe(before + 2);
    const { lines, count } = await listAlerts(world, who);
    expect(count).toBe(before + 2);
    const mine = lines.filter(({ orderId }) => made.includes(orderId ?? ""));
    expect(mine.map(({ orderId }) => orderId)).toEqual(made);
    expect(mine[0]).toMatchObject({ step: "domain", code: "refused", mayTryAgain: false });
    expect((await listAlerts(world, who, { orderId: made[1] ?? "" })).lines).toHaveLength(1);
  });

  test("is for the staff alone", async () => {
    const stranger = { ...(await staff()), userId: "usr_stranger" };
    for (const who of [undefined, stranger])
      for (const ask of [
        () => listAlerts(world, who),
        () => countAlerts(world, who),
        () => tryDeadAgain(world, who, { alertId: "alr_1", reason }),
      ])
        await expect(ask()).rejects.toMatchObject({ kind: "not-found" });
  });
});
