import { afterAll, describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { log } from "@/lib/log.ts";
import { openJournal } from "@/lib/provisioning/journal.ts";
import { allSteps } from "@/lib/provisioning/steps/index.ts";
import { SmallWorld } from "@/lib/provisioning/testing/small-world.ts";
import { allowPurchase } from "@/lib/staff/allow-purchase.ts";
import { countFamilies } from "@/lib/staff/count-families.ts";
import { describeFamily } from "@/lib/staff/describe-family.ts";
import { describeStep } from "@/lib/staff/describe-step.ts";
import { listFamilies } from "@/lib/staff/list-families.ts";
import { lookNow } from "@/lib/staff/look-now.ts";
import { measureSpeed } from "@/lib/staff/measure-speed.ts";
import { syncPayments } from "@/lib/staff/sync-payments.ts";
import { tryAgain } from "@/lib/staff/try-again.ts";
import { nobodysLedger } from "@/lib/stripe/nobody.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { takeLease } from "@/lib/tenants/take-lease.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { PretendCashier } from "@/lib/testing/pretend-cashier.ts";
import { reconcileTenant } from "./reconcile-tenant.ts";
import { nobodyAsks, noTrials } from "./test-worker.ts";
import type { WorkerTools } from "./tools.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

const someone = (differs: Partial<SignedIn> = {}): SignedIn => ({
  userId: world.ids.id("usr"),
  sessionId: "s",
  email: "someone@post.example",
  emailVerified: true,
  factor: "passkey",
  since: world.clock.now(),
  ...differs,
});
async function staff(): Promise<SignedIn> {
  const who = someone();
  await world.db.staffMember.create({
    data: { userId: who.userId, name: "Priya N.", role: "support", addedAt: world.clock.now() },
  });
  return who;
}

function workerFor(outside: SmallWorld): WorkerTools {
  return {
    ...world,
    log: { ...log, error: () => undefined, warn: () => undefined },
    steps: allSteps(outside.hands()),
    registrar: outside.hands().registrar,
    asks: nobodyAsks,
    ...noTrials,
    cashier: new PretendCashier(),
    ledger: nobodysLedger,
    doubtSeconds: 60,
    holder: "worker-1",
    sendMails: async () => undefined,
    clock: { now: () => world.clock.now(), sleep: () => new Promise(() => undefined) },
  };
}
async function family(differs: object = {}) {
  const { order } = await makeOrder(world, {
    state: "paid",
    paidAt: world.clock.now(),
    paidMinor: 625,
    paidCurrency: "GBP",
    paymentIntentId: "pi_1",
    cardLabel: "Visa ending 4242",
    receiptNumber: `R-${world.ids.id("rec").slice(4, 14).toUpperCase()}`,
    ...differs,
  });
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  return { order, tenantId };
}
/** A family whose registrar said no to buying the name. */
async function refused() {
  const outside = new SmallWorld();
  outside.plan("register", "refuse");
  const { order, tenantId } = await family();
  await reconcileTenant(workerFor(outside), tenantId);
  return { outside, order, tenantId };
}
const stepOf = (tenantId: string, step = "domain") =>
  world.db.stepState.findUniqueOrThrow({ where: { tenantId_step: { tenantId, step } } });
const outcomes = async (tenantId: string) =>
  (await world.db.attempt.findMany({ where: { tenantId, once: true }, orderBy: { startedAt: "asc" } })).map(
    (one) => one.outcome,
  );
const reason = "case 881";

describe("Every staff verb", () => {
  test.each([
    ["a stranger", "not-found", async () => undefined],
    ["a family", "not-found", async () => someone()],
    [
      "one of the staff who came in by a link alone",
      "not-signed-in",
      async () => ({ ...(await staff()), factor: "link" as const }),
    ],
    [
      "one of the staff who just enrolled",
      "not-signed-in",
      async () => ({ ...(await staff()), factor: "enrol" as const }),
    ],
    [
      "one of the staff whose day is over",
      "not-signed-in",
      async () => ({ ...(await staff()), since: new Date(world.clock.now().getTime() - 8 * 3_600_000) }),
    ],
  ])("refuses %s, and changes nothing", async (_, kind, make) => {
    const { order, tenantId } = await refused();
    const who = await make();
    world.rung.length = 0;
    const before = await world.db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    const asked = { tenantId, orderId: order.id, reason };
    for (const attempt of [
      () => listFamilies(world, who, { text: "", show: undefined }),
      () => countFamilies(world, who),
      () => measureSpeed(world, who),
      () => describeFamily(world, who, { tenantId }),
      () => describeFamily(world, who, { orderId: order.id }),
      () => describeStep(world, who, { tenantId, step: "domain" }),
      () => lookNow(world, who, asked),
      () => tryAgain(world, who, asked),
      () => allowPurchase(world, who, asked),
      () => syncPayments(world, who, asked),
    ])
      await expect(attempt()).rejects.toMatchObject({ kind });
    expect(await world.db.tenant.findUniqueOrThrow({ where: { id: tenantId } })).toEqual(before);
    expect(await outcomes(tenantId)).toEqual(["refused"]);
    expect(await world.db.audit.count({ where: { subject: { in: [tenantId, order.id] } } })).toBe(0);
    expect(world.rung).toEqual([]);
  });

  test.each([[""], ["  "], ["ok"], ["x".repeat(501)], ["case\u0007 881"]])(
    "wants a reason, and %j is none",
    async (typed) => {
      const { order, tenantId } = await refused();
      const who = await staff();
      const asked = { tenantId, orderId: order.id, reason: typed };
      for (const act of [lookNow, tryAgain, allowPurchase, syncPayments])
        await expect(act(world, who, asked)).rejects.toMatchObject({ kind: "bad-input" });
      expect(await world.db.audit.count({ where: { subject: { in: [tenantId, order.id] } } })).toBe(0);
    },
  );

  test("finds nothing under an id that is not there", async () => {
    const who = await staff();
    const asked = { tenantId: "ten_none", orderId: "ord_none", reason };
    for (const act of [lookNow, tryAgain, allowPurchase, syncPayments])
      await expect(act(world, who, asked)).rejects.toMatchObject({ kind: "not-found" });
    await expect(describeFamily(world, who, { tenantId: "x" })).rejects.toMatchObject({ kind: "not-found" });
    await expect(describeFamily(world, who, { orderId: "x" })).rejects.toMatchObject({ kind: "not-found" });
    const { tenantId } = await family();
    await expect(describeStep(world, who, { tenantId, step: "__proto__" })).rejects.toMatchObject({
      kind: "not-found",
    });
  });
});

describe("Try again", () => {
  test("puts a refusal aside, says who and why, and the next run buys once", async () => {
    const { outside, tenantId } = await refused();
    expect(await stepOf(tenantId)).toMatchObject({ state: "blocked" });
    const who = await staff();
    expect((await describeStep(world, who, { tenantId, step: "domain" })).aside).toBe(1);
    expect(await tryAgain(world, who, { tenantId, step: "domain", reason })).toEqual({
      key: "staff.outcome.tryAgain",
      values: { n: 1 },
    });
    expect(await outcomes(tenantId)).toEqual(["cleared"]);
    expect(world.rung).toContainEqual({ kind: "tenant", tenantId });
    expect(await world.db.audit.findMany({ where: { subject: tenantId } })).toMatchObject([
      { staffId: who.userId, act: "try-again", reason },
    ]);
    world.clock.pass(1);
    await reconcileTenant(workerFor(outside), tenantId);
    expect(outside.purchases).toBe(1);
    expect(await outcomes(tenantId)).toEqual(["cleared", "seen"]);
    expect((await world.db.tenant.findUniqueOrThrow({ where: { id: tenantId } })).readyAt).not.toBeNull();
  });

  test("pressed twice, or twenty times at once, buys once", async () => {
    const { outside, tenantId } = await refused();
    const who = await staff();
    await Promise.all(Array.from({ length: 20 }, () => tryAgain(world, who, { tenantId, reason })));
    await reconcileTenant(workerFor(outside), tenantId);
    await tryAgain(world, who, { tenantId, reason });
    await reconcileTenant(workerFor(outside), tenantId);
    expect(outside.purchases).toBe(1);
  });

  test("after two lost answers begins the rule on doubt anew", async () => {
    const outside = new SmallWorld();
    outside.plan("register", "lost-before", "lost-before");
    const { tenantId } = await family();
    for (let round = 0; round < 6; round++) {
      await reconcileTenant(workerFor(outside), tenantId);
      world.clock.pass(61);
    }
    expect(await stepOf(tenantId)).toMatchObject({ state: "blocked", reason: { code: "doubt-twice" } });
    expect(await outcomes(tenantId)).toEqual(["given-up", "doubt"]);
    await tryAgain(world, await staff(), { tenantId, reason });
    expect(await outcomes(tenantId)).toEqual(["cleared", "cleared"]);
    await reconcileTenant(workerFor(outside), tenantId);
    expect(outside.purchases).toBe(1);
  });

  test("leaves what the vendor accepted, what is seen, and what is still being waited for", async () => {
    const { tenantId } = await family();
    const who = await staff();
    const attempt = async (step: string, outcome: string, state: string, once = true) => {
      await world.db.attempt.create({
        data: {
          id: world.ids.id("att"),
          tenantId,
          step,
          want: "present",
          verb: "create",
          summary: "x",
          once,
          fence: 0n,
          startedAt: world.clock.now(),
          outcome,
        },
      });
      const data = {
        want: "present",
        state,
        reason: { code: "x" },
        lookedAt: world.clock.now(),
        changedAt: world.clock.now(),
        fence: 0n,
      };
      await world.db.stepState.upsert({
        where: { tenantId_step: { tenantId, step } },
        create: { tenantId, step, ...data },
        update: data,
      });
    };
    await attempt("domain", "accepted", "blocked");
    await attempt("zone", "seen", "blocked");
    await attempt("records", "doubt", "waiting");
    await attempt("site", "refused", "blocked", false);
    expect(await tryAgain(world, who, { tenantId, reason })).toMatchObject({ values: { n: 0 } });
    const left = await world.db.attempt.findMany({ where: { tenantId }, orderBy: { step: "asc" } });
    expect(left.map((one) => [one.step, one.outcome])).toEqual([
      ["domain", "accepted"],
      ["records", "doubt"],
      ["site", "refused"],
      ["zone", "seen"],
    ]);
  });

  test("of one step leaves the others", async () => {
    const { tenantId } = await refused();
    await tryAgain(world, await staff(), { tenantId, step: "zone", reason });
    expect(await outcomes(tenantId)).toEqual(["refused"]);
  });

  test("while a worker is in the middle of an act changes nothing, and says until when; the row is written all the same", async () => {
    const { tenantId } = await refused();
    world.clock.pass(16);
    const lease = await takeLease(world, tenantId, "worker-2");
    if (!lease) throw new Error("no lease");
    const act = { verb: "create", summary: "Make the zone", run: async () => undefined } as const;
    await openJournal(world, lease, "present").begin("zone", act);
    world.rung.length = 0;
    expect(await tryAgain(world, await staff(), { tenantId, reason })).toMatchObject({ key: "staff.outcome.busy" });
    expect(await outcomes(tenantId)).toEqual(["refused"]);
    expect(world.rung).toEqual([]);
    expect(await world.db.audit.count({ where: { subject: tenantId } })).toBe(1);
    // The worker died: its lease is over, and what it left running is a doubt.
    world.clock.pass(16);
    expect(await tryAgain(world, await staff(), { tenantId, reason })).toMatchObject({ key: "staff.outcome.tryAgain" });
  });
});

describe("Look now", () => {
  test("writes down what is found, and neither writes outside nor changes the plan", async () => {
    const { outside, tenantId } = await refused();
    await lookNow(world, await staff(), { tenantId, reason });
    expect(world.rung).toContainEqual({ kind: "look", tenantId });
    world.clock.pass(100);
    const writes = outside.writes.length;
    const before = await world.db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    await reconcileTenant(workerFor(outside), tenantId, "only-look");
    expect(outside.writes).toHaveLength(writes);
    expect(await stepOf(tenantId)).toMatchObject({
      state: "blocked",
      reason: { code: "refused" },
      lookedAt: world.clock.now(),
    });
    expect((await describeStep(world, await staff(), { tenantId, step: "domain" })).aside).toBe(1);
    expect(before.pokedAt).toEqual((await world.db.tenant.findUniqueOrThrow({ where: { id: tenantId } })).pokedAt);
  });

  test("sees what has changed outside", async () => {
    const { outside, tenantId } = await refused();
    const { name } = await world.db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    outside.registered.set(name, { autoRenew: true });
    await reconcileTenant(workerFor(outside), tenantId, "only-look");
    expect(await stepOf(tenantId)).toMatchObject({ state: "settled" });
  });

  test("at a home that was never begun changes nothing outside", async () => {
    const outside = new SmallWorld();
    const { tenantId } = await family();
    await reconcileTenant(workerFor(outside), tenantId, "only-look");
    expect(outside.writes).toEqual([]);
    const tenant = await world.db.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      include: { people: { include: { cards: true } } },
    });
    expect(tenant.nextCheckAt).toEqual(world.clock.now());
    expect(tenant.people.flatMap((one) => one.cards)).toEqual([]);
  });
});

describe("Allow the purchase", () => {
  test("overrules a limit of ours, and the name is bought", async () => {
    const outside = new SmallWorld();
    outside.price = { currency: "USD", registration: "99.00", renewal: "99.00" };
    const { tenantId } = await family();
    await reconcileTenant(workerFor(outside), tenantId);
    const who = await staff();
    expect((await describeStep(world, who, { tenantId, step: "domain" })).mayAllow).toBe(true);
    await allowPurchase(world, who, { tenantId, reason });
    outside.price = { currency: "USD", registration: "99.01", renewal: "99.00" };
    await reconcileTenant(workerFor(outside), tenantId);
    expect(outside.purchases, "dearer than what was allowed").toBe(0);
    await allowPurchase(world, who, { tenantId, reason });
    await reconcileTenant(workerFor(outside), tenantId);
    expect(outside.purchases).toBe(1);
    await expect(allowPurchase(world, who, { tenantId, reason })).rejects.toMatchObject({
      say: { key: "staff.errors.nothingHeld" },
    });
  });

  test("is not for what the registrar refused", async () => {
    const { tenantId } = await refused();
    await expect(allowPurchase(world, await staff(), { tenantId, reason })).rejects.toMatchObject({
      kind: "changed-meanwhile",
    });
    expect((await world.db.tenant.findUniqueOrThrow({ where: { id: tenantId } })).approvedPrice).toBeNull();
  });
});

test("Sync payments makes the order due and rings for it", async () => {
  const { order } = await family();
  await syncPayments(world, await staff(), { orderId: order.id, reason });
  expect(world.rung).toContainEqual({ kind: "order", orderId: order.id });
  expect((await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).nextSyncAt).toEqual(world.clock.now());
});

describe("The audit log", () => {
  test("cannot be changed, deleted or emptied, whoever asks", async () => {
    const { tenantId } = await family();
    await lookNow(world, await staff(), { tenantId, reason });
    const where = { subject: tenantId };
    for (const tamper of [
      () => world.db.audit.updateMany({ where, data: { reason: "nothing" } }),
      () => world.db.audit.deleteMany({ where }),
      () => world.db.$executeRawUnsafe('TRUNCATE "Audit"'),
      () => world.db.$executeRaw`UPDATE "Audit" SET "reason" = '' WHERE "subject" = ${tenantId}`,
    ])
      await expect(tamper()).rejects.toThrow("append-only");
    expect(await world.db.audit.findMany({ where })).toMatchObject([{ reason }]);
  });
});

describe("The list", () => {
  const find = async (text: string) => (await listFamilies(world, await staff(), { text, show: undefined })).lines;

  test("finds a family by part of its name or e-mail, or of the payer's, by number and by receipt", async () => {
    const email = `Lena.${world.ids.id("x").replace("_", ".")}@Post.Example`;
    const payerEmail = `mark.${world.ids.id("x").replace("_", ".")}@post.example`;
    const { order, tenantId } = await family({ email });
    await world.db.order.update({ where: { id: order.id }, data: { payerEmail } });
    const name = order.name ?? "";
    for (const text of [
      name,
      name.slice(3, -2).toUpperCase(),
      email.slice(2, 24).toLowerCase(),
      payerEmail.slice(2, 24),
      String(order.number),
      `NP-${order.number}`,
      `np-000${order.number}`,
      order.receiptNumber ?? "",
    ])
      expect((await find(text)).map((line) => line.tenantId)).toContain(tenantId);
  });

  test("takes what is typed as it stands", async () => {
    const { order } = await family();
    const name = order.name ?? "";
    for (const text of [name.replace("test", "te_t"), name.replace("test", "t%t"), "\\", "' OR 1=1 --", "np-", "<b>"])
      expect(await find(text)).toEqual([]);
    expect(await find("9".repeat(5000))).toEqual([]);
  });

  test("finds an order that has no home", async () => {
    const { order } = await makeOrder(world);
    expect(await find(order.name ?? "")).toMatchObject([{ orderId: order.id, tenantId: null, state: "unpaid" }]);
  });

  test("begins with what needs a person, the longest first, and each tile shows its own", async () => {
    const tag = world.ids.id("zz").replace("_", ".");
    const email = `${tag}@post.example`;
    const blocked = await refused();
    await world.db.order.update({ where: { id: blocked.order.id }, data: { email } });
    await world.db.stepState.updateMany({
      where: { tenantId: blocked.tenantId, state: "blocked" },
      data: { changedAt: new Date(0) },
    });
    const settled = await family({ email });
    await reconcileTenant(workerFor(new SmallWorld()), settled.tenantId);
    const begun = await family({ email });
    const lost = await family({ email });
    const taken = new SmallWorld();
    taken.available = "taken";
    await reconcileTenant(workerFor(taken), lost.tenantId);
    const lines = await find(tag);
    expect(lines.map((line) => [line.state, line.orderId])).toEqual([
      ["blocked", blocked.order.id],
      ["lost", lost.order.id],
      ["changing", begun.order.id],
      ["settled", settled.order.id],
    ]);
    expect(lines[0]).toMatchObject({
      step: "domain",
      owner: "Anna Smith",
      bill: { sum: { minor: 625, currency: "GBP" }, period: "month" },
    });
    for (const { state, orderId } of lines) {
      const shown = await listFamilies(world, await staff(), { text: tag, show: state });
      expect(shown.lines.map((line) => line.orderId)).toEqual([orderId]);
    }
    const unsearched = await listFamilies(world, await staff(), { text: "", show: "blocked" });
    expect(unsearched.lines.map((line) => line.orderId)).toContain(blocked.order.id);
  });

  test("counts what the tiles show", async () => {
    const who = await staff();
    const before = await countFamilies(world, who);
    await refused();
    await family();
    const { tenantId } = await family();
    await reconcileTenant(workerFor(new SmallWorld()), tenantId);
    const after = await countFamilies(world, who);
    expect(after).toEqual({
      ...before,
      blocked: before.blocked + 1,
      changing: before.changing + 1,
      settled: before.settled + 1,
    });
  });

  test("measures from paid to ready", async () => {
    const { tenantId } = await family();
    world.clock.pass(40);
    await reconcileTenant(workerFor(new SmallWorld()), tenantId);
    const today = world.clock.now().toISOString().slice(0, 10);
    const speed = (await measureSpeed(world, await staff())).find(({ day }) => day === today);
    expect(speed?.homes).toBeGreaterThan(0);
    expect(speed?.p95).toBeGreaterThanOrEqual(speed?.median ?? 0);
  });
});

describe("A family's page", () => {
  test("shows its steps, people, money and everything that happened, newest first", async () => {
    const { order, tenantId } = await refused();
    const who = await staff();
    world.clock.pass(5);
    await lookNow(world, who, { tenantId, reason });
    const page = await describeFamily(world, who, { tenantId });
    expect(page).toMatchObject({
      state: "blocked",
      orderId: order.id,
      owner: { name: "Anna Smith", country: "GB" },
      money: { paid: { minor: 625, currency: "GBP" }, refunded: { minor: 0 }, owedOnName: { minor: 1925 } },
    });
    expect(page.steps.map((step) => step.name)).toHaveLength(8);
    expect(page.steps[0]).toMatchObject({ state: "blocked", code: "refused" });
    expect(page.people.map((one) => one.part)).toEqual(["anna", "ben", "mia"]);
    expect(page.events[0]).toMatchObject({ kind: "staff", name: "Priya N.", act: "look", reason });
    expect(page.events.map((event) => event.at)).toEqual(
      page.events
        .map((event) => event.at)
        .sort()
        .reverse(),
    );
    expect(new Set(page.events.map((event) => event.kind))).toEqual(
      new Set(["staff", "finding", "attempt", "alert", "customer", "money"]),
    );
    const money = await describeFamily(world, who, { orderId: order.id }, "money");
    expect(money.events.map((event) => event.kind)).toEqual(["money"]);
  });

  test("of an order without a home says how the order stands", async () => {
    const { order } = await makeOrder(world);
    const page = await describeFamily(world, await staff(), { orderId: order.id });
    expect(page).toMatchObject({ tenant: null, steps: [], orderState: "draft", state: "unpaid" });
  });
});

test("A step that is found as before, time and again, is one finding to whoever reads its page, the first", async () => {
  const { tenantId } = await family();
  const who = await staff();
  const words = [
    "The account has no funds",
    "The account has no funds",
    "The name is reserved",
    "The account has no funds",
  ];
  for (const detail of words) {
    world.clock.pass(60);
    const found = { want: "present", state: "blocked", reason: { code: "refused", detail } };
    await world.db.stepHistory.create({
      data: { id: world.ids.id("his"), tenantId, step: "domain", at: world.clock.now(), ...found },
    });
  }
  const { findings } = await describeStep(world, who, { tenantId, step: "domain" });
  const minutesAgo = (n: number): string => new Date(world.clock.now().getTime() - n * 60_000).toISOString();
  expect(findings.map(({ at, detail }) => [at, detail])).toEqual([
    [minutesAgo(0), "The account has no funds"],
    [minutesAgo(1), "The name is reserved"],
    [minutesAgo(3), "The account has no funds"],
  ]);
});
