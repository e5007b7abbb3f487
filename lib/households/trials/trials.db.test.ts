import { afterAll, describe, expect, test } from "vitest";
import { Unreachable } from "@/lib/errors.ts";
import { changeRules } from "@/lib/households/rules/change-rules.ts";
import { describeRules } from "@/lib/households/rules/describe-rules.ts";
import { trialsToSee } from "@/lib/staff/wanted-trial-alerts.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { beginWith } from "@/lib/tenants/begin-with.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { askForTrial } from "./ask-for-trial.ts";
import { describeTrial } from "./describe-trial.ts";
import { heldOf } from "./judge-attempt.ts";
import type { Stranger, Testimony, Witness } from "./ports.ts";
import { runTrial } from "./run-trial.ts";

const world = dbWorld();
const { db, clock, ids, rung } = world;
afterAll(() => db.$disconnect());

/** Homes that keep everything out, and write down what is asked of them. What real ones do is tried in workers/trials.db.test.ts. */
function homes(seen: Partial<Testimony> = {}) {
  const told: string[] = [];
  const [arrived, living] = [[] as string[], new Set<string>()];
  const away = new Set<string>();
  const meet = (what: string): void => {
    told.push(what);
    if (away.has(what)) throw new Unreachable("away", { vendor: "test", call: what });
  };
  const stranger: Stranger = {
    home: "stranger.test",
    arrive: async (part) => {
      meet("arrive");
      arrived.push(part);
      living.add(part);
    },
    attempt: async (_part, attempt) => {
      meet(attempt);
      return { made: true, room: `!${attempt}` };
    },
    leave: async (part) => {
      meet("leave");
      living.delete(part);
    },
  };
  const rooms = ["!direct", "!group", "!open", "!space"];
  const witness: Witness = {
    tell: async () => ({
      ...{ rules: heldOf(beginWith["under-10"]), invited: rooms, shown: [], joined: [], asked: rooms },
      ...{ toDevices: { passed: 0, keptOut: 1 }, device: "TEAPOT", ...seen },
    }),
    forget: async () => meet("forget"),
  };
  return { told, arrived, living, away, tools: { ...world, stranger, witness } };
}

async function family() {
  const mias = { key: "k2", given: "Mia", part: "mia", kind: "child", ageBand: "under-10" };
  const { order } = await makeOrder(world, { state: "paid", people: [mias] });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  await db.tenant.update({ where: { id: tenantId }, data: { readyAt: clock.now() } });
  const who = { userId: ids.id("usr"), tenantId };
  await db.membership.create({ data: { ...who, role: "owner", since: clock.now() } });
  const [child] = await describeRules(world, who);
  const personId = child?.personId ?? expect.fail("no child");
  const ask = () => askForTrial(world, who, personId);
  const latest = () => db.trial.findFirstOrThrow({ where: { personId }, orderBy: { askedAt: "desc" } });
  const view = () => describeTrial(world, who, personId);
  const run = async (tools: Parameters<typeof runTrial>[0]) => runTrial(tools, (await latest()).id);
  return { tenantId, who, personId, ask, latest, view, run };
}

describe("A parent who has rules tried", () => {
  test("is shown what came of each, once, however often they press and however many workers hear it", async () => {
    const { ask, latest, view, run, personId } = await family();
    const { told, living, tools } = homes();
    await Promise.all([ask(), ask()]);
    expect(await db.trial.count({ where: { personId } })).toBe(1);
    expect(rung).toContainEqual({ kind: "trial", trialId: (await latest()).id });
    await Promise.all([run(tools), run(tools)]);
    await run(tools);
    expect(await view()).toMatchObject({ state: "done", tried: 10 });
    expect((await view()).results.every(({ outcome }) => outcome === "held")).toBe(true);
    expect(told.filter((what) => what === "arrive")).toHaveLength(1);
    expect(living.size).toBe(0);
  });

  test("may do it five times within a day, and again on the next", async () => {
    const { ask, view, run } = await family();
    const { tools } = homes();
    for (const more of [true, true, true, true, false]) {
      await ask();
      await run(tools);
      expect((await view()).more).toBe(more);
      clock.pass(60);
    }
    await expect(ask()).rejects.toMatchObject({ kind: "too-often" });
    clock.pass(86_401);
    await ask();
  });

  test("has to run the home: to everybody else there is no such child", async () => {
    const { personId, tenantId } = await family();
    const other = await family();
    for (const who of [other.who, { userId: "usr_stranger", tenantId }]) {
      await expect(askForTrial(world, who, personId)).rejects.toMatchObject({ kind: "not-found" });
      await expect(describeTrial(world, who, personId)).rejects.toMatchObject({ kind: "not-found" });
    }
  });

  test("hears of a home that rests that it cannot be tried now", async () => {
    const { tenantId, ask } = await family();
    await db.tenant.update({ where: { id: tenantId }, data: { restsSince: clock.now() } });
    await expect(ask()).rejects.toMatchObject({ say: { key: "family.try.errors.away" } });
  });

  test("is told when rules were decided since", async () => {
    const { ask, view, run, who } = await family();
    await ask();
    await run(homes().tools);
    expect((await view()).outdated).toBe(false);
    clock.pass(60);
    const [child] = await describeRules(world, who);
    if (child) await changeRules(world, who, { ...child, rules: { ...child.rules, found: true } });
    expect((await view()).outdated).toBe(true);
  });
});

describe("A trial", () => {
  test("whose worker was killed is taken up from the beginning, after the stranger before was removed", async () => {
    const { ask, view, run } = await family();
    const { told, arrived, living, tools } = homes();
    await ask();
    const killed = { ...tools, stranger: { ...tools.stranger, attempt: () => new Promise<never>(() => undefined) } };
    void run(killed);
    await expect.poll(() => living.size).toBe(1);
    await run(tools);
    expect(told).toEqual(["arrive"]);
    clock.pass(91);
    await run(tools);
    expect(told.slice(0, 4)).toEqual(["arrive", "leave", "forget", "arrive"]);
    expect(await view()).toMatchObject({ state: "done" });
    expect(living.size).toBe(0);
    expect(new Set(arrived).size).toBe(2);
  });

  test("that cannot be made is given up after half a minute, and what is left of it removed all the same", async () => {
    const { ask, view, run, latest } = await family();
    const { living, away, tools } = homes();
    away.add("search").add("leave");
    await ask();
    for (let nth = 0; nth < 5; nth++) {
      await run(tools);
      clock.pass(32);
    }
    expect(await view()).toMatchObject({ state: "failed", results: [] });
    expect((await latest()).stranger).not.toBeNull();
    away.clear();
    clock.pass(3600);
    await run(tools);
    expect(await latest()).toMatchObject({ state: "failed", stranger: null, nextTryAt: null });
    expect(living.size).toBe(0);
  });

  test("for which no home of a stranger is set up any more is given up at once", async () => {
    const { ask, view, run, latest } = await family();
    await ask();
    await run({ ...homes().tools, stranger: undefined });
    expect(await view()).toMatchObject({ state: "failed" });
    expect(await latest()).toMatchObject({ nextTryAt: null });
  });

  test("of which only the tidying up was missing is not made again", async () => {
    const { ask, view, run } = await family();
    const { told, away, tools } = homes();
    away.add("leave");
    await ask();
    await run(tools);
    expect(await view()).toMatchObject({ state: "running", tried: 10 });
    away.clear();
    clock.pass(3);
    await run(tools);
    expect(await view()).toMatchObject({ state: "done" });
    expect(told.filter((what) => what === "arrive")).toHaveLength(1);
  });

  test("in which something got through against the rules is an alert until another finds nothing", async () => {
    const { ask, view, run, tenantId } = await family();
    const mine = async () => (await trialsToSee(db)).filter((alert) => alert.tenantId === tenantId);
    await ask();
    await run(homes({ shown: ["!open"] }).tools);
    expect((await view()).results.find(({ attempt }) => attempt === "open")).toMatchObject({ outcome: "through" });
    expect(await mine()).toMatchObject([{ code: "trial-through", detail: "open: shown" }]);
    clock.pass(60);
    await ask();
    await run(homes().tools);
    expect(await mine()).toEqual([]);
  });
});
