import { afterAll, describe, expect, test } from "vitest";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { beginWith } from "@/lib/tenants/begin-with.ts";
import { readTenant } from "@/lib/tenants/read-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { changeRules } from "./change-rules.ts";
import { describeRules } from "./describe-rules.ts";

const world = dbWorld();
const { db, clock, ids } = world;
afterAll(() => db.$disconnect());

/** Anna runs the home; Mia is nine, and Tom sixteen. */
async function family() {
  const child = (given: string, ageBand: string) => ({
    key: given,
    given,
    part: given.toLowerCase(),
    kind: "child",
    ageBand,
  });
  const { order } = await makeOrder(world, {
    state: "paid",
    people: [child("Mia", "under-10"), child("Tom", "16-17")],
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  const userId = ids.id("usr");
  await db.membership.create({ data: { userId, tenantId, role: "owner", since: clock.now() } });
  const who = { userId, tenantId };
  const [mia, tom] = await describeRules(world, who);
  if (!mia || !tom) throw new Error("No children");
  return {
    who,
    mia,
    tom,
    tenantId,
    part: order.part ?? "",
    household: async () => (await readTenant(world, tenantId))?.tenant.household,
  };
}
const aunt = "@ruth:ruth.example";

describe("A child's rules", () => {
  test("begin by how old the child is, and are what the home is told", async () => {
    const { mia, tom, household, part } = await family();
    expect([mia.rules, tom.rules]).toEqual([beginWith["under-10"], beginWith["16-17"]]);
    expect(await household()).toEqual({
      zone: "UTC",
      parents: [part],
      children: [
        { who: "mia", ...beginWith["under-10"] },
        { who: "tom", ...beginWith["16-17"] },
      ],
    });
  });

  test("are what a parent decided last, and every decision stays with who made it and when", async () => {
    const { who, mia, household } = await family();
    const allowed = { ...mia.rules, contacts: { ...mia.rules.contacts, people: [aunt] } };
    await changeRules(world, who, { ...mia, rules: allowed });
    const [after] = await describeRules(world, who);
    expect(after).toMatchObject({ rules: allowed, decided: [{ rules: allowed }] });
    expect((await household())?.children[0]).toMatchObject({ who: "mia", contacts: { people: [aunt] } });
    await changeRules(world, who, { ...mia, seen: after?.seen ?? 0, rules: { ...allowed, paused: true } });
    expect((await describeRules(world, who))[0]?.decided.map(({ rules }) => rules.paused)).toEqual([true, false]);
  });

  test("are no new decision when they are sent a second time, and the home is not asked to look", async () => {
    const { who, mia, tenantId } = await family();
    const rules = { ...mia.rules, paused: true };
    await changeRules(world, who, { ...mia, rules });
    const poked = await db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    await changeRules(world, who, { ...mia, rules });
    expect((await describeRules(world, who))[0]?.decided).toHaveLength(1);
    expect((await db.tenant.findUniqueOrThrow({ where: { id: tenantId } })).pokedAt).toEqual(poked.pokedAt);
  });

  test("stay as they are where another window decided meanwhile", async () => {
    const { who, mia } = await family();
    await changeRules(world, who, { ...mia, rules: { ...mia.rules, paused: true } });
    const late = changeRules(world, who, { ...mia, rules: { ...mia.rules, found: true } });
    await expect(late).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect((await describeRules(world, who))[0]?.rules).toEqual({ ...mia.rules, paused: true });
  });

  test("are nobody's to see or decide but the parents', and an adult has none", async () => {
    const { who, mia, tenantId } = await family();
    const stranger = { userId: "usr_stranger", tenantId };
    await expect(describeRules(world, stranger)).rejects.toMatchObject({ kind: "not-found" });
    await expect(changeRules(world, stranger, { ...mia, rules: mia.rules })).rejects.toMatchObject({
      kind: "not-found",
    });
    const other = await family();
    await expect(changeRules(world, other.who, { ...mia, rules: mia.rules })).rejects.toMatchObject({
      kind: "not-found",
    });
    const adult = await db.person.findFirstOrThrow({ where: { tenantId, kind: "adult" } });
    const asked = { ...mia, personId: adult.id };
    await expect(changeRules(world, who, asked)).rejects.toMatchObject({ kind: "not-found" });
  });

  test.each([
    ["somebody who is no Matrix id", { contacts: { family: true, people: ["ruth"], servers: [], never: [] } }],
    ["a word that is no rule", { everything: true }],
    ["an invite from a stranger that no room may follow", { stranger: "allow" }],
  ])("with %s are refused whole", async (_what, odd) => {
    const { who, mia } = await family();
    const asked = { ...mia, rules: { ...mia.rules, ...odd } };
    await expect(changeRules(world, who, asked)).rejects.toMatchObject({ kind: "bad-input" });
    expect((await describeRules(world, who))[0]?.decided).toEqual([]);
  });

  test("go by the clock that a parent chose, for each child of the home; of two windows the later one is told", async () => {
    const { who, mia, tom, household } = await family();
    const quiet = [{ days: [5, 6], from: "22:00", to: "08:30" }];
    const clock = { to: "Europe/London", seen: null };
    await changeRules(world, who, { ...mia, rules: { ...mia.rules, quiet }, clock });
    expect(await household()).toMatchObject({ zone: "Europe/London", children: [{ quiet }, { quiet: [] }] });
    expect((await describeRules(world, who)).map(({ zone }) => zone)).toEqual(["Europe/London", "Europe/London"]);
    const late = { ...tom, rules: { ...tom.rules, quiet }, clock: { to: "Europe/Paris", seen: null } };
    await expect(changeRules(world, who, late)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect(await household()).toMatchObject({ zone: "Europe/London", children: [{ quiet }, { quiet: [] }] });
    await changeRules(world, who, { ...late, clock: { to: "Europe/Paris", seen: "Europe/London" } });
    expect(await household()).toMatchObject({ zone: "Europe/Paris", children: [{ quiet }, { quiet }] });
  });

  test("are refused whole with a clock that there is not", async () => {
    const { who, mia, household } = await family();
    const asked = { ...mia, rules: { ...mia.rules, paused: true }, clock: { to: "Europe/Atlantis", seen: null } };
    await expect(changeRules(world, who, asked)).rejects.toMatchObject({ kind: "bad-input" });
    expect(await household()).toMatchObject({ zone: "UTC", children: [{ paused: false }, {}] });
  });
});
