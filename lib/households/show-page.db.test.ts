import { afterAll, expect, test } from "vitest";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { showPage } from "./show-page.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

async function family(userId: string) {
  const { order } = await makeOrder(world, { state: "paid", paidAt: world.clock.now() });
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  await world.db.membership.create({ data: { userId, tenantId, role: "owner", since: world.clock.now() } });
  const mia = await world.db.person.findFirstOrThrow({ where: { tenantId, kind: "child" } });
  return { tenantId, mia };
}

test("a child has no page until a parent makes one, and then the home is due at once", async () => {
  const parent = world.ids.id("usr");
  const { tenantId, mia } = await family(parent);
  expect(mia.page).toBe(false);
  await showPage(world, { userId: parent }, { personId: mia.id, page: true });
  expect(await world.db.person.findUniqueOrThrow({ where: { id: mia.id } })).toMatchObject({ page: true });
  expect(await world.db.tenant.findUniqueOrThrow({ where: { id: tenantId } })).toMatchObject({
    nextCheckAt: world.clock.now(),
  });
  expect(world.rung).toContainEqual({ kind: "tenant", tenantId });
});

test("nobody makes or takes down a page in another family", async () => {
  const { mia } = await family(world.ids.id("usr"));
  const other = world.ids.id("usr");
  await family(other);
  await expect(showPage(world, { userId: other }, { personId: mia.id, page: true })).rejects.toMatchObject({
    kind: "not-found",
  });
  await expect(
    showPage(world, { userId: world.ids.id("usr") }, { personId: mia.id, page: true }),
  ).rejects.toMatchObject({ kind: "not-found" });
  expect(await world.db.person.findUniqueOrThrow({ where: { id: mia.id } })).toMatchObject({ page: false });
});
