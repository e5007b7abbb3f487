import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { Unreachable } from "@/lib/errors.ts";
import { hashSecret } from "@/lib/ids.ts";
import { log } from "@/lib/log.ts";
import { openJournal } from "@/lib/provisioning/journal.ts";
import type { Registrar } from "@/lib/provisioning/ports.ts";
import { allSteps } from "@/lib/provisioning/steps/index.ts";
import { SmallWorld } from "@/lib/provisioning/testing/small-world.ts";
import { nobodysLedger } from "@/lib/stripe/nobody.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { releaseLease, takeLease } from "@/lib/tenants/take-lease.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { PretendCashier } from "@/lib/testing/pretend-cashier.ts";
import { reconcileTenant } from "./reconcile-tenant.ts";
import { findDue } from "./sweep.ts";
import { nobodyAsks, noTrials } from "./test-worker.ts";
import type { WorkerTools } from "./tools.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

let outside: SmallWorld;
beforeEach(() => {
  outside = new SmallWorld();
});

const worker = (holder = "worker-1"): WorkerTools => ({
  ...world,
  log: { ...log, error: () => undefined, warn: () => undefined },
  steps: allSteps(outside.hands()),
  registrar: outside.hands().registrar,
  asks: nobodyAsks,
  ...noTrials,
  cashier: new PretendCashier(),
  ledger: nobodysLedger,
  doubtSeconds: 60,
  holder,
  sendMails: async () => undefined,
  clock: { now: () => world.clock.now(), sleep: () => new Promise(() => undefined) },
});

async function paidTenant(): Promise<string> {
  const { order } = await makeOrder(world, {
    state: "paid",
    paidAt: world.clock.now(),
    paidMinor: 625,
    paidCurrency: "GBP",
    paymentIntentId: "pi_1",
  });
  return world.db.$transaction((tx) => askForTenant(tx, world, order));
}
const read = (id: string) =>
  world.db.tenant.findUniqueOrThrow({
    where: { id },
    include: { steps: true, people: { include: { cards: true } }, order: true },
  });

describe("A worker", () => {
  test("builds a paid home, keeps every finding, hands out the cards and writes once that it is ready", async () => {
    const id = await paidTenant();
    await reconcileTenant(worker(), id);
    await reconcileTenant(worker(), id);
    const tenant = await read(id);
    expect(tenant.steps.map((step) => step.state)).toEqual(Array(8).fill("settled"));
    expect(tenant).toMatchObject({ accountAt: world.clock.now(), readyAt: world.clock.now(), leaseUntil: null });
    expect(tenant.people.map((person) => person.cards.length)).toEqual([1, 1, 1]);
    const mails = await world.db.mail.findMany({
      where: {
        OR: [
          { cause: `ready:${tenant.orderId}:${tenant.name}` },
          { cause: { in: tenant.people.flatMap((one) => one.cards.map((card) => `card:${card.id}`)) } },
        ],
      },
    });
    expect(mails.map((mail) => mail.kind).sort()).toEqual(["card", "child-card", "ready"]);
    expect(JSON.stringify(mails)).not.toContain("http");
  });

  test("stops the home that rests, keeps it settled, and starts it when it rests no more", async () => {
    const id = await paidTenant();
    await reconcileTenant(worker(), id);
    const { name } = await read(id);
    const rests = (restsBecause: string | null) =>
      world.db.tenant.update({ where: { id }, data: { restsBecause, restsSince: restsBecause && world.clock.now() } });
    await rests("unpaid");
    await reconcileTenant(worker(), id);
    expect([...outside.stopped]).toEqual([name]);
    await reconcileTenant(worker(), id);
    expect((await read(id)).steps.map((step) => step.state)).toEqual(Array(8).fill("settled"));
    expect(outside.writes.filter((write) => write === "stop-home")).toHaveLength(1);
    await rests(null);
    await reconcileTenant(worker(), id);
    expect(outside.stopped.size).toBe(0);
    expect((await read(id)).steps.map((step) => step.state)).toEqual(Array(8).fill("settled"));
  });

  test("that finds another at work leaves a note, and the tenant is due as soon as the other is done", async () => {
    const id = await paidTenant();
    const lease = await takeLease(world, id, "worker-1");
    if (!lease) throw new Error("no lease");
    await reconcileTenant(worker("worker-2"), id);
    expect(outside.writes).toEqual([]);
    await releaseLease(world, lease, world.clock.now(), null);
    expect((await read(id)).nextCheckAt).toEqual(world.clock.now());
  });

  test("that was killed is missed for fifteen seconds and then replaced", async () => {
    const id = await paidTenant();
    await takeLease(world, id, "killed");
    expect(await findDue(worker())).not.toContainEqual({ kind: "tenant", tenantId: id });
    world.clock.pass(15);
    expect(await findDue(worker())).toContainEqual({ kind: "tenant", tenantId: id });
    await reconcileTenant(worker("worker-2"), id);
    expect((await read(id)).readyAt).not.toBeNull();
  });

  test("that lost its lease without noticing writes nothing more", async () => {
    const id = await paidTenant();
    const old = await takeLease(world, id, "zombie");
    if (!old) throw new Error("no lease");
    world.clock.pass(16);
    await takeLease(world, id, "worker-2");
    const journal = openJournal({ ...world }, old, "present");
    const buy = { verb: "create", once: true, summary: "Register", run: async () => undefined } as const;
    await expect(journal.begin("domain", buy)).rejects.toThrow("was lost");
    await expect(journal.record("domain", { state: "running" }, null)).rejects.toThrow("was lost");
    expect(await world.db.attempt.count({ where: { tenantId: id } })).toBe(0);
    expect((await read(id)).steps).toEqual([]);
  });

  test("keeps since when nobody answers and what it once found, and writes a line of history only for news", async () => {
    const id = await paidTenant();
    const lease = await takeLease(world, id, "worker-1");
    if (!lease) throw new Error("no lease");
    const journal = openJournal(world, lease, "present");
    const facts = { zoneId: "z1", nameServers: [] };
    const away = {
      state: "waiting",
      reason: { code: "unreachable", detail: "No answer" },
      checkAfterSeconds: 5,
    } as const;
    const silentSince = new Date(world.clock.now().getTime() + 10_000);
    for (const finding of [{ state: "settled", facts }, away, { state: "running" }, away, away] as const) {
      await journal.record("zone", finding, null);
      world.clock.pass(10);
    }
    const [step] = (await read(id)).steps;
    expect(step).toMatchObject({ state: "waiting", reason: away.reason, facts, unansweredSince: silentSince });
    // Away twice in a row: it was looked at ten seconds after it changed.
    expect(step && step.lookedAt.getTime() - step.changedAt.getTime()).toBe(10_000);
    const lines = await world.db.stepHistory.findMany({ where: { tenantId: id }, orderBy: { at: "asc" } });
    expect(lines.map(({ state }) => state)).toEqual(["settled", "waiting", "waiting"]);
    await journal.record("zone", { state: "settled", facts }, null);
    expect((await read(id)).steps[0]?.unansweredSince).toBeNull();
  });

  test("killed in the middle of buying leaves a note from which the next one never buys twice", async () => {
    const id = await paidTenant();
    outside.plan("register", "crash-after");
    await reconcileTenant(worker(), id);
    await reconcileTenant(worker("worker-2"), id);
    expect(outside.purchases).toBe(1);
    expect(await world.db.attempt.findMany({ where: { tenantId: id, once: true } })).toMatchObject([
      { outcome: "seen" },
    ]);
  });

  test("in doubt waits for a second look and buys once more; a second doubt stops for a person", async () => {
    const id = await paidTenant();
    outside.plan("register", "lost-before", "lost-before");
    for (let round = 0; round < 8; round++) {
      await reconcileTenant(worker(), id);
      world.clock.pass(61);
    }
    expect(outside.writes.filter((one) => one === "register")).toHaveLength(2);
    const tenant = await read(id);
    expect(tenant.steps.find((step) => step.step === "domain")).toMatchObject({
      state: "blocked",
      reason: { code: "doubt-twice" },
    });
  });

  test("leaves a vendor that is busy to new homes: one that stands is looked at later, one that is made is not held up", async () => {
    const id = await paidTenant();
    const busy = { ...worker(), routineWait: async () => 40 };
    await reconcileTenant(busy, id);
    expect((await read(id)).readyAt).not.toBeNull();
    outside.lines = [];
    await reconcileTenant(busy, id);
    const tenant = await read(id);
    expect(tenant.nextCheckAt).toEqual(new Date(world.clock.now().getTime() + 40_000));
    expect(outside.lines).toEqual([]);
    await reconcileTenant(worker(), id);
    expect(outside.lines.length).toBeGreaterThan(0);
  });

  test("keeps a home's turn with a vendor, however often the home is looked at before it comes", async () => {
    const id = await paidTenant();
    let asked = 0;
    const hands = outside.hands();
    const busy: Registrar = {
      ...hands.registrar,
      find: async () => {
        asked++;
        throw new Unreachable("Wait", { vendor: "V", call: "find", retryAfterSeconds: 300, keptBack: true }, "none");
      },
    };
    const held = { ...worker(), steps: allSteps({ ...hands, registrar: busy }) };
    for (let n = 0; n < 5; n++) {
      await reconcileTenant(held, id);
      world.clock.pass(10);
    }
    expect(asked).toBe(1);
    const { steps, nextCheckAt } = await read(id);
    expect(steps.find(({ step }) => step === "domain")).toMatchObject({
      state: "waiting",
      reason: { code: "busy", detail: "V was not asked for find: Wait" },
      checkAt: nextCheckAt,
    });
    // What does not need that vendor went on meanwhile.
    expect(steps.find(({ step }) => step === "homeserver")?.state).toBe("settled");
    world.clock.pass(260);
    await reconcileTenant(worker(), id);
    expect((await read(id)).readyAt).not.toBeNull();
  });

  test("that finds the name lost takes down what it began and asks the buyer", async () => {
    const id = await paidTenant();
    outside.available = "taken";
    await reconcileTenant(worker(), id);
    expect(outside.homes.size).toBe(1);
    world.clock.pass(1);
    await reconcileTenant(worker(), id);
    const tenant = await read(id);
    expect(tenant).toMatchObject({ want: "gone", holds: null, nextCheckAt: null, order: { state: "lost" } });
    expect(outside.homes.size).toBe(0);
    expect(await world.db.mail.count({ where: { cause: `name-lost:${tenant.orderId}:${tenant.name}` } })).toBe(1);
  });
});

test("No secret of a card rests in a table", async () => {
  const id = await paidTenant();
  await reconcileTenant(worker(), id);
  const { cardToken, cardCode } = await import("@/lib/households/card-secret.ts");
  for (const card of await world.db.card.findMany({ where: { person: { tenantId: id } } })) {
    const row = JSON.stringify(card);
    expect(row).not.toContain(cardToken(world.linkKey, card.id));
    expect(row).not.toContain(cardCode(world.linkKey, card.id));
    expect(card.tokenHash).toBe(hashSecret(cardToken(world.linkKey, card.id)));
  }
});
