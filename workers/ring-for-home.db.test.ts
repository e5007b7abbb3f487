import { afterAll, expect, test } from "vitest";
import type { HostEvent } from "@/lib/synapse/hear-host.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { ringForHome } from "./ring-for-home.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

const time = "2026-11-25T04:00:00.000+00:00";
/** A family whose home was found in this state when it was looked at last; what rings when the host tells of it. */
async function familyFound(state: "settled" | "blocked") {
  const now = world.clock.now();
  const { order } = await makeOrder(world, { state: "paid", paidAt: now });
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  await world.db.stepState.create({
    data: { tenantId, step: "homeserver", want: "present", state, lookedAt: now, changedAt: now, fence: 0n },
  });
  const name = order.name ?? "";
  return async (event: HostEvent["event"]) => {
    world.rung.splice(0);
    await ringForHome(world, { event, name, time });
    return world.rung.filter((bell) => bell.kind === "tenant" && bell.tenantId === tenantId).length;
  };
}

test("A home that fell is looked at now", async () => {
  const rings = await familyFound("settled");
  expect(await rings("crashed")).toBe(1);
  expect(await rings("failed")).toBe(1);
});

test("A home that sleeps and wakes as it should rings for nobody", async () => {
  const rings = await familyFound("settled");
  for (const event of ["woke", "slept", "started", "stopped"] as const) expect(await rings(event)).toBe(0);
});

test("A home that was found fallen and stands again is looked at now; that it fell again is known", async () => {
  const rings = await familyFound("blocked");
  expect(await rings("started")).toBe(1);
  expect(await rings("born")).toBe(1);
  expect(await rings("woke")).toBe(1);
  expect(await rings("failed")).toBe(0);
});

test("A home in which somebody asks for a child is asked what, at once, be the ring lost or not", async () => {
  const now = world.clock.now();
  const { order } = await makeOrder(world, { state: "paid", paidAt: now });
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  world.rung.splice(0);
  await ringForHome(world, { event: "asked", name: order.name ?? "", time });
  expect(world.rung).toEqual([{ kind: "asks", tenantId }]);
  const { nextAsksAt } = await world.db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  expect(nextAsksAt?.getTime()).toBeLessThanOrEqual(world.clock.now().getTime());
});

test("A home that is no family's rings for nobody", async () => {
  world.rung.splice(0);
  for (const event of ["crashed", "asked"] as const) await ringForHome(world, { event, name: "nobody.test", time });
  expect(world.rung).toEqual([]);
});
