import { afterAll, expect, test } from "vitest";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { tellDelayed } from "./tell-delayed.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

const told = (tenantId: string) => world.db.mail.count({ where: { cause: `delayed:${tenantId}` } });
async function paid(): Promise<string> {
  const { order } = await makeOrder(world, {
    state: "paid",
    paidAt: world.clock.now(),
    paidMinor: 625,
    paidCurrency: "GBP",
  });
  return world.db.$transaction((tx) => askForTenant(tx, world, order));
}

test("a buyer whose home takes longer than ten minutes is told once", async () => {
  const tenantId = await paid();
  world.clock.pass(599);
  await tellDelayed(world);
  expect(await told(tenantId)).toBe(0);
  world.clock.pass(1);
  await tellDelayed(world);
  await tellDelayed(world);
  expect(await told(tenantId)).toBe(1);
});

test("a buyer who has a mail of the registry to answer is told that, and not that it is slow", async () => {
  const tenantId = await paid();
  const now = world.clock.now();
  await world.db.stepState.create({
    data: {
      tenantId,
      step: "domain",
      want: "present",
      state: "blocked",
      reason: { code: "confirm-email", detail: "" },
      lookedAt: now,
      changedAt: now,
      fence: 0n,
    },
  });
  world.clock.pass(3600);
  await tellDelayed(world);
  expect(await told(tenantId)).toBe(0);
});

test("however many have been told or have to answer, those after them are told too", async () => {
  const first: string[] = [];
  for (let n = 0; n < 101; n++) {
    first.push(await paid());
    world.clock.pass(1);
  }
  world.clock.pass(601);
  await tellDelayed(world);
  await tellDelayed(world);
  expect(await told(first[100] ?? "")).toBe(1);
});
