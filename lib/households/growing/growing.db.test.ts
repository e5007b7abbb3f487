import { afterAll, describe, expect, test } from "vitest";
import { daysAfter } from "@/lib/clock.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { beginWith } from "@/lib/tenants/begin-with.ts";
import { readTenant } from "@/lib/tenants/read-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { changeRules } from "../rules/change-rules.ts";
import { describeRules } from "../rules/describe-rules.ts";
import { answerGrowth } from "./answer-growth.ts";
import { describeGrowing } from "./describe-growing.ts";
import { growUp } from "./grow-up.ts";
import { sayBirthday } from "./say-birthday.ts";

const world = dbWorld();
const { db, clock, ids } = world;
afterAll(() => db.$disconnect());

const aunt = "@ruth:ruth.example";
const iso = (date: Date) => date.toISOString().slice(0, 10);
/** The day of birth of whoever is so old in so many days. */
const whoIs = (age: number, inDays: number) => {
  const day = daysAfter(clock.now(), inDays);
  return iso(new Date(Date.UTC(day.getUTCFullYear() - age, day.getUTCMonth(), day.getUTCDate())));
};
const pass = (days: number) => clock.pass(days * 86_400);

/** Anna runs the home; Mia was under ten when she came. */
async function family({ email = "" } = {}) {
  const mia = { key: "m", given: "Mia", part: "mia", kind: "child", ageBand: "under-10", email };
  const { order } = await makeOrder(world, { state: "paid", people: [mia] });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  const userId = ids.id("usr");
  await db.membership.create({ data: { userId, tenantId, role: "owner", since: clock.now() } });
  const who = { userId, tenantId };
  const growing = async () => {
    const [child] = await describeGrowing(world, who);
    if (!child) throw new Error("No child");
    return child;
  };
  const { personId } = await growing();
  return {
    ...{ who, tenantId, personId, growing },
    born: (typed: string) => sayBirthday(world, who, { personId, typed }),
    rules: async () => (await describeRules(world, who))[0],
    letters: async () =>
      (
        await db.mail.findMany({
          where: { values: { path: ["personId"], equals: personId } },
          orderBy: { cause: "asc" },
        })
      ).map(({ kind, values }) => ((values as { own?: string }).own ? `${kind} to Mia` : kind)),
    household: async () => (await readTenant(world, tenantId))?.tenant.household,
  };
}

describe("A child whose day of birth a parent said", () => {
  test("is offered the rules of ten on its tenth birthday and not before, once, and keeps its own until a parent says yes", async () => {
    const { born, growing, letters, household, who, personId } = await family();
    await born(whoIs(10, 2));
    await growUp(world);
    expect(await letters()).toEqual([]);
    pass(2);
    await Promise.all([growUp(world), growUp(world)]);
    await growUp(world);
    expect(await letters()).toEqual(["grown"]);
    const { offer, seen } = await growing();
    expect(offer).toEqual({ band: "10-12", rules: beginWith["10-12"] });
    expect((await household())?.children[0]).toMatchObject({ rooms: { create: false } });
    await answerGrowth(world, who, { personId, band: "10-12", answer: "take", seen });
    expect((await household())?.children[0]).toMatchObject({ rooms: { create: true } });
    expect((await growing()).offer).toBeNull();
  });

  test("keeps whom a parent allowed, and a rule that another window changed meanwhile is not written over", async () => {
    const { born, growing, rules, who, personId } = await family();
    await born(whoIs(10, 0));
    await growUp(world);
    const before = await growing();
    const child = await rules();
    if (!child) throw new Error("No child");
    const contacts = { ...child.rules.contacts, people: [aunt] };
    await changeRules(world, who, { ...child, rules: { ...child.rules, contacts } });
    const take = { personId, band: "10-12", answer: "take" as const };
    await expect(answerGrowth(world, who, { ...take, seen: before.seen })).rejects.toMatchObject({
      kind: "changed-meanwhile",
    });
    await answerGrowth(world, who, { ...take, seen: (await growing()).seen });
    expect((await rules())?.rules).toMatchObject({ contacts: { people: [aunt] }, rooms: { create: true } });
  });

  test("stays by its rules where a parent says no, and the next age is offered all the same", async () => {
    const { born, growing, rules, who, personId, letters } = await family();
    await born(whoIs(10, 0));
    await growUp(world);
    const { seen } = await growing();
    await answerGrowth(world, who, { personId, band: "10-12", answer: "leave", seen });
    await expect(answerGrowth(world, who, { personId, band: "10-12", answer: "take", seen })).rejects.toMatchObject({
      kind: "changed-meanwhile",
    });
    expect((await rules())?.decided).toEqual([]);
    pass(3 * 366);
    await growUp(world);
    expect((await growing()).offer?.band).toBe("13-15");
    expect(await letters()).toEqual(["grown", "grown"]);
  });

  test("is not given the rules of an age that it has outgrown, from a window of before", async () => {
    const { born, growing, rules, who, personId } = await family();
    await born(whoIs(10, 0));
    await growUp(world);
    const { seen } = await growing();
    pass(3 * 366);
    await expect(answerGrowth(world, who, { personId, band: "10-12", answer: "take", seen })).rejects.toMatchObject({
      kind: "changed-meanwhile",
    });
    expect((await rules())?.decided).toEqual([]);
  });

  test("whose parents chose those rules before is offered nothing, and nobody is written to", async () => {
    const { born, growing, rules, who, letters } = await family();
    const child = await rules();
    if (!child) throw new Error("No child");
    await changeRules(world, who, { ...child, rules: beginWith["10-12"] });
    await born(whoIs(11, 0));
    await growUp(world);
    expect([(await growing()).offer, await letters()]).toEqual([null, []]);
  });

  test("is announced to be eighteen ninety and seven days before, to parents and to its own mailbox", async () => {
    const { born, letters, growing } = await family({ email: "mia@post.example" });
    await born(whoIs(18, 91));
    await growUp(world);
    expect((await growing()).adultOn).toBeNull();
    pass(1);
    await growUp(world);
    expect((await growing()).adultOn).toBe(iso(daysAfter(clock.now(), 90)));
    const told = (await letters()).filter((one) => one.startsWith("turning"));
    expect(told).toEqual(["turning-18", "turning-18 to Mia"]);
    pass(83);
    await growUp(world);
    expect((await letters()).filter((one) => one.startsWith("turning"))).toHaveLength(4);
  });

  test("is nobody's child at eighteen: no rule is kept, no question is asked, and the home is told", async () => {
    const { born, letters, household, who, personId, tenantId } = await family();
    await born(whoIs(18, 1));
    await db.ask.create({
      data: {
        ...{ id: ids.id("ask"), tenantId, personId, kind: "invited", who: aunt, room: "!r" },
        ...{ askedAt: clock.now(), heardAt: clock.now() },
      },
    });
    pass(1);
    await Promise.all([growUp(world), growUp(world)]);
    expect(await db.person.findUniqueOrThrow({ where: { id: personId } })).toMatchObject({
      ...{ kind: "adult", ageBand: null, bornOn: null, nextGrowthAt: null },
    });
    expect(await household()).toBeNull();
    expect(await describeRules(world, who)).toEqual([]);
    const where = { personId };
    expect([
      await db.ask.count({ where }),
      await db.childRule.count({ where }),
      await db.growth.count({ where }),
    ]).toEqual([...[0, 0, 0]]);
    expect((await letters()).filter((one) => one === "now-18")).toHaveLength(1);
    expect(world.rung).toContainEqual({ kind: "tenant", tenantId });
  });
});

describe("A day of birth", () => {
  test.each([
    ["12 March", "date"],
    ["2017-02-30", "date"],
    ["2999-01-01", "future"],
    ["1990-01-01", "adult"],
  ])("that cannot be a child's, %s, is refused in words, and changes nothing", async (typed, word) => {
    const { born, growing } = await family();
    await expect(born(typed)).rejects.toMatchObject({
      kind: "bad-input",
      say: { key: `family.growing.errors.${word}` },
    });
    expect((await growing()).bornOn).toBeNull();
  });

  test("that was wrong takes back what it offered, and is forgotten when it is left empty", async () => {
    const { born, growing } = await family();
    await born(whoIs(13, 0));
    await growUp(world);
    expect((await growing()).offer?.band).toBe("13-15");
    await born(whoIs(9, 0));
    await growUp(world);
    expect((await growing()).offer).toBeNull();
    await born("");
    expect(await growing()).toMatchObject({ bornOn: null, comes: [] });
  });

  test("of another family's child is nobody's to say or to see", async () => {
    const [one, other] = [await family(), await family()];
    const stolen = { personId: other.personId, typed: "2017-03-12" };
    await expect(sayBirthday(world, one.who, stolen)).rejects.toMatchObject({ kind: "not-found" });
    expect((await other.growing()).bornOn).toBeNull();
  });
});
