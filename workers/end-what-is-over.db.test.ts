import { afterAll, expect, test } from "vitest";
import { daysAfter } from "@/lib/clock.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { endWhatIsOver } from "./end-what-is-over.ts";

const world = dbWorld();
const { db, clock, ids } = world;
afterAll(() => db.$disconnect());

const ago = (days: number) => daysAfter(clock.now(), -days);

async function child(fields: { readonly takenOutAt?: Date; readonly bornOn?: Date; readonly nextGrowthAt?: Date }) {
  const mia = { key: "m", given: "Mia", part: "mia", kind: "child", ageBand: "under-10" };
  const { order } = await makeOrder(world, { state: "paid", people: [mia] });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  await db.person.updateMany({ where: { tenantId, part: "mia" }, data: fields });
  return { tenantId, find: () => db.person.findFirstOrThrow({ where: { tenantId, part: "mia" } }) };
}

async function link(days: number) {
  const row = { id: ids.id("lnk"), tokenHash: ids.id("tok"), purpose: "sign-in", subject: "anna@post.example" };
  await db.link.create({ data: { ...row, createdAt: ago(days), expiresAt: ago(days) } });
  return () => db.link.findUnique({ where: { id: row.id } });
}

test("Somebody whose thirty days are over is forgotten though another one cannot be", async () => {
  const [stuck, next] = [await child({ takenOutAt: ago(40) }), await child({ takenOutAt: ago(31) })];
  const { orderId } = await db.tenant.findUniqueOrThrow({ where: { id: stuck.tenantId } });
  const change = await db.billChange.create({
    data: {
      ...{ id: ids.id("chg"), orderId, cause: ids.id("chg"), kind: "terms", state: "wanted" },
      ...{ terms: {}, askedBy: "nameplate", createdAt: ago(1) },
    },
  });
  await expect(endWhatIsOver(world)).rejects.toThrow();
  expect([(await stuck.find()).kind, (await next.find()).kind]).toEqual(["child", "gone"]);
  await db.billChange.delete({ where: { id: change.id } });
  await endWhatIsOver(world);
  expect((await stuck.find()).kind).toBe("gone");
});

test("Whatever was given a time and has had it is ended in one round, and what has time left is left alone", async () => {
  const draft = (await makeOrder(world, { expiresAt: ago(1) })).order;
  const kept = (await makeOrder(world)).order;
  const [old, fresh] = [await link(8), await link(1)];
  const gone = await child({ takenOutAt: ago(31) });
  const out = await child({ takenOutAt: ago(29) });
  const born = new Date("2016-11-24T00:00:00Z");
  const grown = await child({ bornOn: born, nextGrowthAt: clock.now() });
  await endWhatIsOver(world);
  const order = (id: string) => db.order.findUnique({ where: { id } });
  expect([await order(draft.id), await old()]).toEqual([null, null]);
  expect([await order(kept.id), await fresh()]).toEqual([expect.anything(), expect.anything()]);
  expect([(await gone.find()).kind, (await out.find()).kind]).toEqual(["gone", "child"]);
  expect(await db.growth.count({ where: { personId: (await grown.find()).id } })).toBe(1);
});

test("Who was asked to look after children and never said yes is forgotten after a month, and of who left only the name stays", async () => {
  const { tenantId } = await child({});
  const row = { tenantId, given: "Ben", askedAt: ago(60), askedBy: "usr_anna", matrixId: "@ben:jones.family" };
  const parent = async (fields: object) => {
    const id = ids.id("par");
    await db.parent.create({ data: { ...row, id, email: `${id}@post.example`, until: ago(53), ...fields } });
    return () => db.parent.findUnique({ where: { id } });
  };
  const never = await parent({});
  const asked = await parent({ until: ago(29) });
  const stands = await parent({ joinedAt: ago(55) });
  const left = await parent({ joinedAt: ago(55), leftAt: ago(31) });
  const leftLately = await parent({ joinedAt: ago(55), leftAt: ago(29) });
  await endWhatIsOver(world);
  expect(await never()).toBeNull();
  for (const kept of [asked, stands, leftLately])
    expect(await kept()).toMatchObject({ given: "Ben", email: expect.stringContaining("@"), matrixId: row.matrixId });
  expect(await left()).toMatchObject({ given: "Ben", email: "", matrixId: null });
});
