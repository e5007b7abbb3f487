import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { daysAfter } from "@/lib/clock.ts";
import { hashSecret } from "@/lib/ids.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { readTenant } from "@/lib/tenants/read-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { forgetTakenOut } from "../forget-taken-out.ts";
import { changeRules } from "../rules/change-rules.ts";
import { describeRules } from "../rules/describe-rules.ts";
import { whoMoves } from "../who-moves.ts";
import { askToErase, askToEraseOwn, keepData, keepOwnData } from "./ask-to-erase.ts";
import { copyOf, describeDataOf, describeOwnData } from "./describe-data.ts";
import { describeErasures } from "./describe-erasures.ts";
import { dataKinds, leftOut } from "./parts.ts";

const world = dbWorld();
const { db, clock, ids } = world;
afterAll(() => db.$disconnect());

/** Anna runs the home, in which Carl, Mia of nine and Tom of sixteen live; Ben is a parent elsewhere. */
async function family() {
  const child = (given: string, ageBand: string) => ({
    ...{ key: given, given, part: given.toLowerCase(), kind: "child", ageBand },
  });
  const { order } = await makeOrder(world, {
    ...{ state: "paid", email: `${ids.id("m").toLowerCase()}@post.example` },
    people: [
      { key: "k1", given: "Carl", part: "carl", kind: "adult", email: "carl@post.example" },
      child("Mia", "under-10"),
      child("Tom", "16-17"),
    ],
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  const member = async (role: string) => {
    const userId = ids.id("usr");
    await db.membership.create({ data: { userId, tenantId, role, since: clock.now() } });
    return { userId, tenantId };
  };
  const [anna, ben] = [await member("owner"), await member("parent")];
  const person = (part: string) => db.person.findFirstOrThrow({ where: { tenantId, part } });
  const open = async (part: string) => {
    const secret = ids.secret();
    const row = { id: ids.id("lnk"), purpose: "mine-open", subject: (await person(part)).id };
    const times = { createdAt: clock.now(), expiresAt: daysAfter(clock.now(), 1) };
    await db.link.create({ data: { ...row, ...times, tokenHash: hashSecret(secret) } });
    return secret;
  };
  const takeOut = async (part: string) =>
    db.person.update({ where: { id: (await person(part)).id }, data: { takenOutAt: clock.now() } });
  return { anna, ben, person, open, takeOut, tenantId, email: order.email ?? "" };
}
const notFound = expect.objectContaining({ kind: "not-found" });

describe("What we keep of somebody", () => {
  test("is in the list by each table that names a person, or left out with a reason", () => {
    const folder = join(import.meta.dirname, "../../../prisma");
    const schema = readdirSync(folder)
      .filter((file) => file.endsWith(".prisma"))
      .map((file) => readFileSync(join(folder, file), "utf8"))
      .join("\n");
    const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)];
    const naming = models.flatMap(([, model = "", body = ""]) => (/^\s+personId\s/m.test(body) ? [model] : []));
    expect(naming.length).toBeGreaterThan(5);
    expect(
      [...dataKinds.filter((kind) => kind !== "Person" && kind !== "Mail"), ...Object.keys(leftOut)].toSorted(),
    ).toEqual(naming.toSorted());
  });

  test("is a child's parents' to see and to copy, with no secret in it, and nobody else's", async () => {
    const [{ anna, ben, person }, other] = [await family(), await family()];
    const mia = await person("mia");
    const [rules] = await describeRules(world, anna);
    await changeRules(world, anna, { ...(rules ?? expect.fail()), rules: { ...rules?.rules, paused: true } });
    const card = { id: ids.id("crd"), tokenHash: ids.id("secret"), codeHash: ids.id("secret"), personId: mia.id };
    await db.card.create({ data: { ...card, createdAt: clock.now(), expiresAt: clock.now() } });
    const seen = await describeDataOf(world, ben, mia.id);
    expect(seen.parts).toMatchObject({ Person: [{ given: "Mia" }], Card: [{ usedAt: null }], ChildRule: [{}] });
    const copy = copyOf(seen, clock.now());
    expect(JSON.parse(copy)).toMatchObject({ Person: [{ given: "Mia", ageBand: "under-10" }] });
    expect(copy).not.toMatch(/secret|tokenHash|codeHash/);
    await expect(describeDataOf(world, other.anna, mia.id)).rejects.toEqual(notFound);
    const carl = await person("carl");
    await expect(describeDataOf(world, anna, carl.id)).rejects.toEqual(notFound);
  });

  test("is their own to see, by their own page alone", async () => {
    const { open } = await family();
    expect(await describeOwnData(world, await open("carl"))).toMatchObject({
      ...{ given: "Carl", mayErase: "yes" },
      parts: { Person: [{ email: "carl@post.example" }] },
    });
    expect(await describeOwnData(world, await open("mia"))).toMatchObject({ given: "Mia", mayErase: "no" });
    expect((await describeOwnData(world, await open("tom"))).mayErase).toBe("yes");
    await expect(describeOwnData(world, "guessed")).rejects.toEqual(notFound);
  });
});

describe("Somebody who is to be erased", () => {
  test("is erased as soon as they are taken out, without thirty days, and their account with what they sent", async () => {
    const { anna, person, takeOut, tenantId } = await family();
    const mia = await person("mia");
    await askToErase(world, anna, mia.id);
    await askToErase(world, anna, mia.id);
    await forgetTakenOut(world);
    expect(await person("mia")).toMatchObject({ given: "Mia", goneAt: null });
    await takeOut("mia");
    await forgetTakenOut(world);
    expect(await person("mia")).toMatchObject({ given: "", kind: "gone", goneAt: clock.now() });
    expect((await readTenant(world, tenantId))?.tenant.takenOut).toEqual([{ part: "mia", forGood: true, erase: true }]);
    await expect(keepData(world, anna, mia.id)).rejects.toEqual(notFound);
  });

  test("may be taken out already, and then whoever runs the home asks for it", async () => {
    const { anna, ben, person, takeOut } = await family();
    const mia = await takeOut("mia");
    await expect(askToErase(world, ben, mia.id)).rejects.toEqual(notFound);
    await askToErase(world, anna, mia.id);
    const back = { kind: "back", personId: mia.id } as const;
    expect(() => whoMoves(back, [{ ...mia, eraseAskedAt: clock.now() }], clock.now())).toThrow();
    expect(whoMoves(back, [mia], clock.now()).back).toEqual([mia.id]);
    await forgetTakenOut(world);
    expect(await person("mia")).toMatchObject({ kind: "gone" });
  });

  test("stays where whoever asked takes that back before it is done, and nobody else can", async () => {
    const { anna, ben, person, takeOut } = await family();
    const mia = await person("mia");
    await askToErase(world, ben, mia.id);
    expect(await describeErasures(world, { ...anna, runs: true })).toMatchObject([{ given: "Mia", child: true }]);
    expect((await describeDataOf(world, anna, mia.id)).erase).toMatchObject({ yours: false });
    await keepData(world, anna, mia.id);
    expect((await person("mia")).eraseAskedBy).toBe(ben.userId);
    await keepData(world, ben, mia.id);
    await takeOut("mia");
    await forgetTakenOut(world);
    expect(await person("mia")).toMatchObject({ given: "Mia", goneAt: null });
  });

  test("may ask for it themselves from the age at which they decide, and take back what they asked alone", async () => {
    const { anna, person, open, email } = await family();
    const [toms, mias] = [await open("tom"), await open("mia")];
    await askToEraseOwn(world, toms);
    const tom = await person("tom");
    expect(tom.eraseAskedBy).toBe(tom.id);
    const letters = await db.mail.findMany({ where: { kind: "erase-asked", to: email.toLowerCase() } });
    expect(letters).toHaveLength(1);
    await keepOwnData(world, toms);
    expect((await person("tom")).eraseAskedAt).toBeNull();
    await expect(askToEraseOwn(world, mias)).rejects.toEqual(notFound);
    await askToErase(world, anna, tom.id);
    await keepOwnData(world, toms);
    expect((await person("tom")).eraseAskedAt).not.toBeNull();
  });

  test("and was not for 25 days is an alert, until it is done", async () => {
    const { anna, person, takeOut } = await family();
    const { id } = await person("mia");
    await askToErase(world, anna, id);
    const open = async () => {
      await keepAlerts(world);
      return db.alert.count({ where: { open: `erase:${id}` } });
    };
    expect(await open()).toBe(0);
    await db.person.update({ where: { id }, data: { eraseAskedAt: daysAfter(clock.now(), -25) } });
    expect(await open()).toBe(1);
    await takeOut("mia");
    await forgetTakenOut(world);
    expect(await open()).toBe(0);
  });

  test("is nobody else's to erase, and whoever runs the home ends it another way", async () => {
    const [{ anna, person, open }, other] = [await family(), await family()];
    const [mia, carl] = [await person("mia"), await person("carl")];
    await expect(askToErase(world, other.anna, mia.id)).rejects.toEqual(notFound);
    await expect(askToErase(world, other.ben, carl.id)).rejects.toEqual(notFound);
    const runner = await db.person.findFirstOrThrow({ where: { tenantId: anna.tenantId, runsHome: true } });
    await expect(askToErase(world, anna, runner.id)).rejects.toMatchObject({ kind: "bad-input" });
    await expect(askToEraseOwn(world, await open(runner.part))).rejects.toEqual(notFound);
  });
});
