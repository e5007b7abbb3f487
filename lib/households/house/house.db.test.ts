import { afterAll, describe, expect, test } from "vitest";
import type { TermsChange } from "@/lib/billing/terms-change.ts";
import { daysAfter } from "@/lib/clock.ts";
import { hashSecret } from "@/lib/ids.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { forgetPerson } from "../forget-person.ts";
import { listHomes } from "../list-homes.ts";
import { lookAtCard } from "../look-at-card.ts";
import { describeMine } from "../mine/describe-mine.ts";
import { mineToken } from "../mine/mine-secret.ts";
import { openMine } from "../mine/open-mine.ts";
import { movePeople } from "../move-people.ts";
import { agreeByCard, answerHouse } from "./answer-house.ts";
import { describeHouse } from "./describe-house.ts";
import { longestHouseText } from "./house-text.ts";
import { newestHouseTerms } from "./newest-house-terms.ts";
import { readTogether } from "./read-together.ts";
import { saveHouseTerms } from "./save-house-terms.ts";

const world = dbWorld();
const { db, clock, ids } = world;
afterAll(() => db.$disconnect());

/** Anna runs the home; Mia, who is a child, lives there. Ben is a parent who does not run it. */
async function family() {
  const [email, now] = [`anna-${ids.id("m").toLowerCase()}@post.example`, clock.now()];
  const { order } = await makeOrder(world, {
    ...{ state: "paid", paidAt: now, email },
    people: [{ key: "k2", given: "Mia", part: "mia", kind: "child", ageBand: "under-10" }],
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  const signedIn = async (address: string) => {
    const userId = ids.id("usr");
    const data = { id: userId, name: "", email: address, emailVerified: true, createdAt: now, updatedAt: now };
    await db.user.create({ data });
    return { userId, sessionId: "ses", email: address, emailVerified: true, factor: "link" as const, since: now };
  };
  const [asAnna, asBen] = [await signedIn(email), await signedIn(email.replace("anna", "ben"))];
  await listHomes(world, asAnna);
  await db.membership.create({ data: { userId: asBen.userId, tenantId, role: "parent", since: now } });
  const mia = await db.person.findFirstOrThrow({ where: { tenantId, part: "mia" } });
  const agreed = (personId: string) => db.houseAcceptance.findMany({ where: { personId }, orderBy: { nth: "asc" } });
  return { tenantId, anna: { ...asAnna, tenantId }, ben: { ...asBen, tenantId }, mia, agreed };
}
/** From now on they have an app. */
const useCard = (personId: string) =>
  db.card.create({
    data: {
      ...{ id: ids.id("crd"), tokenHash: ids.id("t"), codeHash: ids.id("c"), personId },
      ...{ createdAt: clock.now(), expiresAt: clock.now(), usedAt: clock.now() },
    },
  });
const refused = (kind: string) => expect.objectContaining({ kind });

describe("House terms", () => {
  test("have versions, the newest holds, and whoever runs the home agrees by saving", async () => {
    const { tenantId, anna, agreed } = await family();
    expect(await newestHouseTerms(db, tenantId)).toBeNull();
    expect(await saveHouseTerms(world, anna, { text: "We are kind.\r\n\r\n\r\n", seen: 0 })).toBe(1);
    expect(await saveHouseTerms(world, anna, { text: "We are kind.", seen: 0 })).toBe(1);
    expect(await saveHouseTerms(world, anna, { text: "We are very kind.", seen: 1 })).toBe(2);
    expect(await newestHouseTerms(db, tenantId)).toMatchObject({ nth: 2, text: "We are very kind." });
    const runs = await db.person.findFirstOrThrow({ where: { tenantId, runsHome: true } });
    expect((await agreed(runs.id)).map(({ nth, how }) => [nth, how])).toEqual([
      [1, "saved"],
      [2, "saved"],
    ]);
  });

  test("from two windows at once are one version, and the later window hears of it", async () => {
    const { anna, tenantId } = await family();
    const both = ["One.", "Two."].map((text) => saveHouseTerms(world, anna, { text, seen: 0 }));
    const ends = await Promise.allSettled(both);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(ends.find((end) => end.status === "rejected")).toMatchObject({ reason: refused("changed-meanwhile") });
    expect(await db.houseTerms.count({ where: { tenantId } })).toBe(1);
  });

  test("are written by whoever runs the home alone, and are neither empty nor longer than anybody reads", async () => {
    const { anna, ben } = await family();
    await expect(saveHouseTerms(world, ben, { text: "Mine.", seen: 0 })).rejects.toEqual(refused("not-found"));
    for (const text of [" \n ", "a".repeat(longestHouseText + 1)])
      await expect(saveHouseTerms(world, anna, { text, seen: 0 })).rejects.toEqual(refused("bad-input"));
  });

  test("are read together with a child by each parent, once, in the version that holds, and by nobody of another home", async () => {
    const [{ anna, ben, mia, agreed }, other] = [await family(), await family()];
    await saveHouseTerms(world, anna, { text: "One.", seen: 0 });
    await readTogether(world, ben, { personId: mia.id, nth: 1 });
    await readTogether(world, anna, { personId: mia.id, nth: 1 });
    expect(await agreed(mia.id)).toMatchObject([{ nth: 1, how: "together", by: ben.userId }]);
    await saveHouseTerms(world, anna, { text: "Two.", seen: 1 });
    const old = readTogether(world, anna, { personId: mia.id, nth: 1 });
    await expect(old).rejects.toEqual(refused("changed-meanwhile"));
    const theirs = readTogether(world, other.anna, { personId: mia.id, nth: 2 });
    await expect(theirs).rejects.toEqual(refused("not-found"));
    expect(await agreed(mia.id)).toHaveLength(1);
  });

  test("hold nobody in the home who read them aloud and never used a card", async () => {
    const { anna, mia, tenantId } = await family();
    await saveHouseTerms(world, anna, { text: "One.", seen: 0 });
    await readTogether(world, anna, { personId: mia.id, nth: 1 });
    const home = await db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    const plain = { plan: "family", period: "month", currency: "gbp", tax: "none" } as const;
    const of = { heads: 1, home: { minor: 0, label: "Home" }, billed: false, at: clock.now().toISOString() };
    const terms: TermsChange = { ...plain, ...of, add: [], out: [mia.id], back: [] };
    await db.$transaction((tx) => movePeople(tx, world, home, terms));
    expect(await db.person.findUnique({ where: { id: mia.id } })).toBeNull();
  });

  test("forget who agreed with whoever is forgotten", async () => {
    const { anna, mia, agreed, tenantId } = await family();
    await saveHouseTerms(world, anna, { text: "One.", seen: 0 });
    await readTogether(world, anna, { personId: mia.id, nth: 1 });
    const home = await db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    await db.$transaction((tx) => forgetPerson(tx, mia, home, clock.now()));
    expect(await agreed(mia.id)).toEqual([]);
  });

  test("ask everybody who has an app, in that app, and each version anew; whoever answered is asked no more", async () => {
    const { anna, mia, tenantId } = await family();
    const { name } = await db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    const asked = () =>
      db.mail.findMany({ where: { kind: "house-terms", to: `@mia:${name}` }, orderBy: { cause: "asc" } });
    await saveHouseTerms(world, anna, { text: "One.", seen: 0 });
    expect(await asked()).toEqual([]);
    await useCard(mia.id);
    await saveHouseTerms(world, anna, { text: "Two.", seen: 1 });
    await saveHouseTerms(world, anna, { text: "Three.", seen: 2 });
    expect(await asked()).toHaveLength(2);
    const [, last] = await asked();
    const secret = await openMine(
      world,
      mineToken(world.linkKey, String((last?.values as { linkId?: string } | undefined)?.linkId)),
    );
    expect((await describeMine(world, secret)).house).toEqual({ nth: 3, text: "Three.", agrees: null });
    await answerHouse(world, secret, { nth: 3, agrees: false });
    const saids = async () => {
      const { people } = await describeHouse(world, { ...anna, runs: true, cares: true });
      return people.map(({ given, said }) => [given, said]);
    };
    expect(await saids()).toContainEqual(["Mia", "declines"]);
    await answerHouse(world, secret, { nth: 3, agrees: true });
    expect(await saids()).toContainEqual(["Mia", "agrees"]);
    await expect(answerHouse(world, secret, { nth: 2, agrees: true })).rejects.toEqual(refused("changed-meanwhile"));
  });

  test("stand on a card with which nobody has agreed yet, and in its version alone they are agreed to", async () => {
    const { anna, mia } = await family();
    await saveHouseTerms(world, anna, { text: "One.", seen: 0 });
    const token = ids.secret();
    const card = { id: ids.id("crd"), tokenHash: hashSecret(token), codeHash: ids.id("c"), personId: mia.id };
    await db.card.create({ data: { ...card, createdAt: clock.now(), expiresAt: daysAfter(clock.now(), 7) } });
    expect((await lookAtCard(world, token))?.house).toEqual({ nth: 1, text: "One." });
    await saveHouseTerms(world, anna, { text: "Two.", seen: 1 });
    await expect(agreeByCard(world, { token, nth: 1 })).rejects.toEqual(refused("changed-meanwhile"));
    await agreeByCard(world, { token, nth: 2 });
    await agreeByCard(world, { token, nth: 2 });
    expect((await lookAtCard(world, token))?.house).toBeNull();
    await expect(agreeByCard(world, { token: "guessed", nth: 2 })).rejects.toEqual(refused("not-found"));
  });

  test("are read by a parent who does not run the home, and by nobody of another", async () => {
    const [{ anna, ben, tenantId }, other] = [await family(), await family()];
    await saveHouseTerms(world, anna, { text: "One.", seen: 0 });
    const cares = { runs: false, cares: true };
    const seen = await describeHouse(world, { ...ben, ...cares });
    expect(seen.versions).toMatchObject([{ nth: 1, text: "One." }]);
    expect(seen.people.map(({ given, yours }) => [given, yours])).toContainEqual(["Mia", true]);
    for (const part of [cares, { runs: true, cares: false }])
      await expect(describeHouse(world, { ...other.anna, tenantId, ...part })).rejects.toEqual(refused("not-found"));
  });
});
