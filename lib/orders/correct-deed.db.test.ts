import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { NameSearch } from "@/lib/names/ports.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { readTenant } from "@/lib/tenants/read-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder, smithDeed } from "@/lib/testing/make-order.ts";
import { correctDeed } from "./correct-deed.ts";
import { describeOrder } from "./describe-order.ts";
import { describeWatch } from "./describe-watch.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());
beforeEach(() => world.rung.splice(0));

const schema = { type: "object", required: ["contacts"], properties: {} };
const names: NameSearch = { check: async () => [], registrationSchema: async () => schema };
const tools = { ...world, names };
const { ending: _ending, extra: _extra, ...typed } = smithDeed;
const formOf = async (key: string) => (await describeOrder(world, key))?.deedForm;
const send = async (key: string, differs: object = {}) =>
  correctDeed(tools, key, { ...typed, ...differs }, (await formOf(key))?.seen ?? "");

/** A paid order whose registration the registry refused. */
async function refusedOrder(code = "registry-refused") {
  const { order, key } = await makeOrder(world, { state: "paid", paidAt: world.clock.now() });
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  const attempt = {
    tenantId,
    step: "domain",
    want: "present",
    verb: "create",
    summary: "Register",
    once: true,
    fence: 1n,
  };
  const id = world.ids.id("att");
  await world.db.attempt.create({ data: { id, ...attempt, startedAt: world.clock.now(), outcome: "accepted" } });
  world.clock.pass(5);
  const at = world.clock.now();
  const reason = { code, detail: "failed: no", say: { key: "watch.refused.text", values: { words: "no" } } };
  await world.db.stepState.create({
    data: {
      tenantId,
      step: "domain",
      want: "present",
      state: "blocked",
      reason,
      lookedAt: at,
      changedAt: at,
      fence: 1n,
    },
  });
  return { order, key, tenantId, attempt: id };
}

describe("Correcting the deed that the registry refused", () => {
  test("keeps it, closes the refused attempt and asks for a look, once", async () => {
    const { order, key, tenantId, attempt } = await refusedOrder();
    const before = await describeWatch(world, { key });
    expect(before.phase).toBe("needs-you");
    expect(before.steps[0]?.values).toEqual({ words: "no" });
    expect((await readTenant(world, tenantId))?.tenant.refusalAnswered).toBe(false);
    expect(await send(key, { fullName: "Anna Maria Smith" })).toEqual({ ok: true });
    const read = await readTenant(world, tenantId);
    expect(read?.tenant).toMatchObject({ refusalAnswered: true, registrant: { fullName: "Anna Maria Smith" } });
    expect(await world.db.attempt.findUnique({ where: { id: attempt } })).toMatchObject({ outcome: "cleared" });
    expect(await world.db.order.findUnique({ where: { id: order.id } })).toMatchObject({ email: "anna@post.example" });
    expect(world.rung).toEqual([{ kind: "tenant", tenantId }]);
  });

  test("with a mistake keeps what was typed and asks nobody", async () => {
    const { key, attempt } = await refusedOrder();
    expect(await send(key, { phone: "12" })).toEqual({ ok: false });
    expect(await formOf(key)).toMatchObject({ values: { phone: "12" }, asked: true });
    expect(await world.db.attempt.findUnique({ where: { id: attempt } })).toMatchObject({ outcome: "accepted" });
    expect(world.rung).toEqual([]);
  });

  test("does not close a try that was begun after the refusal", async () => {
    const { key, tenantId, attempt } = await refusedOrder();
    world.clock.pass(5);
    const { id: _id, ...first } = await world.db.attempt.findUniqueOrThrow({ where: { id: attempt } });
    const later = { ...first, id: world.ids.id("att"), startedAt: world.clock.now(), outcome: "running" };
    await world.db.attempt.create({ data: later });
    await send(key);
    expect(await world.db.attempt.findUnique({ where: { id: later.id } })).toMatchObject({ outcome: "running" });
    expect((await readTenant(world, tenantId))?.tenant.refusalAnswered).toBe(false);
  });

  test("from an older window changes nothing", async () => {
    const { key } = await refusedOrder();
    const seen = (await formOf(key))?.seen ?? "";
    await send(key, { phone: "12" });
    await expect(correctDeed(tools, key, typed, seen)).rejects.toMatchObject({ kind: "changed-meanwhile" });
  });

  test("is not asked for while the registry waits for something else, nor by a stranger", async () => {
    const { key } = await refusedOrder("confirm-email");
    await expect(send(key)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    await expect(send("a stranger's key")).rejects.toMatchObject({ kind: "not-found" });
  });
});
