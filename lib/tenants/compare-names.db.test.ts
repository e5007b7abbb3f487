import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Registrar } from "@/lib/provisioning/ports.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { settleName } from "@/lib/staff/settle-name.ts";
import { dbWorld, freshName } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { askForTenant } from "./ask-for-tenant.ts";
import { compareNames } from "./compare-names.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

/** What the registrar lists; how often it was asked. */
let listed: string[];
let asked: number;
let answer: () => Promise<readonly string[]>;
beforeEach(async () => {
  listed = [];
  asked = 0;
  answer = async () => listed;
  await world.db.cursor.deleteMany({ where: { name: "names" } });
});

const registrar = {
  listNames: () => {
    asked += 1;
    return answer();
  },
} as Registrar;
async function look(routineWait = 0): Promise<void> {
  await compareNames({ ...world, registrar, routineWait: async () => routineWait });
  await keepAlerts(world);
}
const nextDay = (): void => world.clock.pass(86_401);
const open = (name: string) => world.db.alert.findMany({ where: { subject: name, open: { not: null } } });

/** A home whose name was bought just now. */
async function home(): Promise<{ name: string; tenantId: string }> {
  const paid = { state: "paid", paidAt: world.clock.now(), paidMinor: 625, paidCurrency: "GBP" } as const;
  const { order } = await makeOrder(world, { ...paid, paymentIntentId: world.ids.id("pi") });
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  const [lookedAt, changedAt] = [world.clock.now(), world.clock.now()];
  const found = { want: "present", state: "settled", lookedAt, changedAt, fence: 1n };
  await world.db.stepState.create({ data: { tenantId, step: "domain", ...found } });
  return { name: order.name ?? "", tenantId };
}

async function staff(): Promise<SignedIn> {
  const userId = world.ids.id("usr");
  await world.db.staffMember.create({ data: { userId, name: "Priya", role: "support", addedAt: world.clock.now() } });
  const email = "priya@post.example";
  return { userId, sessionId: "s", email, emailVerified: true, factor: "passkey", since: world.clock.now() };
}

describe("A name in our account that no home wants or wanted", () => {
  test("is put before a person at the first look, once, until it has left the account", async () => {
    const name = freshName();
    listed = [name];
    await look();
    nextDay();
    await look();
    expect(await open(name)).toMatchObject([{ code: "name-unknown", tenantId: null }]);
    listed = [];
    nextDay();
    await look();
    expect(await open(name)).toEqual([]);
  });

  test("is no news when a home had it once", async () => {
    const { name, tenantId } = await home();
    await world.db.tenant.update({ where: { id: tenantId }, data: { want: "gone" } });
    listed = [name];
    await look();
    expect(await open(name)).toEqual([]);
  });

  test("closes as soon as a home wants it, without another look", async () => {
    const { name, tenantId } = await home();
    await world.db.tenant.update({ where: { id: tenantId }, data: { name: freshName() } });
    listed = [name];
    await look();
    expect(await open(name)).toHaveLength(1);
    await world.db.tenant.update({ where: { id: tenantId }, data: { name } });
    await keepAlerts(world);
    expect(await open(name)).toEqual([]);
  });

  test("is not asked about again once a person said that it belongs there, for as long as it is there", async () => {
    const name = freshName();
    listed = [name];
    await look();
    const who = await staff();
    const reason = "Our own";
    await settleName(world, who, { name, reason });
    await expect(settleName(world, who, { name, reason })).rejects.toMatchObject({ kind: "changed-meanwhile" });
    nextDay();
    await look();
    expect(await open(name)).toEqual([]);
    expect(await world.db.audit.findMany({ where: { subject: name } })).toMatchObject([{ act: "settle-name", reason }]);
    listed = [];
    nextDay();
    await look();
    listed = [name];
    nextDay();
    await look();
    expect(await open(name)).toHaveLength(1);
  });

  test("is said to belong there by staff alone", async () => {
    const name = freshName();
    listed = [name];
    await look();
    await expect(settleName(world, undefined, { name, reason: "Mine" })).rejects.toMatchObject({ kind: "not-found" });
    expect(await open(name)).toHaveLength(1);
  });
});

describe("A name that was bought for a home and is not in our account", () => {
  test("is put before a person after two looks a day apart, and closes when it is listed again", async () => {
    const { name, tenantId } = await home();
    nextDay();
    await look();
    expect(await open(name)).toEqual([]);
    nextDay();
    await look();
    expect(await open(name)).toMatchObject([{ code: "name-missing", tenantId }]);
    listed = [name];
    nextDay();
    await look();
    expect(await open(name)).toEqual([]);
  });

  test("is not missed on the day it was bought, nor by one list that left it out", async () => {
    const { name } = await home();
    await look();
    for (const list of [[], [name], []]) {
      nextDay();
      listed = list;
      await look();
      expect(await open(name)).toEqual([]);
    }
  });

  test("is missed no more when the home is taken down", async () => {
    const { name, tenantId } = await home();
    nextDay();
    await look();
    nextDay();
    await look();
    expect(await open(name)).toHaveLength(1);
    await world.db.tenant.update({ where: { id: tenantId }, data: { want: "gone" } });
    await keepAlerts(world);
    expect(await open(name)).toEqual([]);
  });
});

describe("The registrar's list", () => {
  test("is read once a day, by however many workers", async () => {
    const { name } = await home();
    nextDay();
    await Promise.all([look(), look(), look()]);
    expect(await world.db.nameDifference.findUnique({ where: { name } })).toMatchObject({ looks: 1 });
    const before = asked;
    await look();
    world.clock.pass(86_000);
    await look();
    expect(asked).toBe(before);
    world.clock.pass(401);
    await look();
    expect(asked).toBe(before + 1);
  });

  test("that cannot be had changes nothing, and is asked for again after an hour", async () => {
    const name = freshName();
    listed = [name];
    await look();
    nextDay();
    answer = async () => {
      throw new Error("No answer");
    };
    await expect(look()).rejects.toThrow("No answer");
    await look();
    expect(asked).toBe(2);
    expect(await open(name)).toHaveLength(1);
    world.clock.pass(3601);
    answer = async () => [];
    await look();
    expect(asked).toBe(3);
    expect(await open(name)).toEqual([]);
  });

  test("waits while the vendor's budget is needed for new homes", async () => {
    await look(60);
    expect(asked).toBe(0);
    await look();
    expect(asked).toBe(1);
  });
});
