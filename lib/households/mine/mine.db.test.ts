import { afterAll, describe, expect, test } from "vitest";
import { hashSecret } from "@/lib/ids.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { answerAsk } from "../asks/answer-ask.ts";
import { describeAsks } from "../asks/describe-asks.ts";
import { changeRules } from "../rules/change-rules.ts";
import { describeRules } from "../rules/describe-rules.ts";
import { showOwnPage } from "../show-page.ts";
import { describeMine } from "./describe-mine.ts";
import { mineToken } from "./mine-secret.ts";
import { closeMine, openMine } from "./open-mine.ts";
import { sendMineLink } from "./send-mine-link.ts";
import { wish } from "./wish.ts";

const world = dbWorld();
const { db, clock, ids } = world;
afterAll(() => db.$disconnect());

const lena = "@lena:jones.family";

/** Anna runs a home in which Carl and Mia live, who is nine. */
async function family() {
  const mias = { key: "k2", given: "Mia", part: "mia", kind: "child", ageBand: "under-10" };
  const { order } = await makeOrder(world, {
    state: "paid",
    people: [{ key: "k1", given: "Carl", part: "carl", kind: "adult" }, mias],
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  await db.tenant.update({ where: { id: tenantId }, data: { readyAt: clock.now() } });
  const userId = ids.id("usr");
  await db.membership.create({ data: { userId, tenantId, role: "owner", since: clock.now() } });
  const [anna, name] = [{ userId, tenantId }, order.name ?? ""];
  /** The links that went into an app. */
  const links = async (part: string) => {
    const letters = await db.mail.findMany({
      where: { kind: "mine", to: `@${part}:${name}` },
      orderBy: { createdAt: "asc" },
    });
    return letters.map(({ values }) => mineToken(world.linkKey, String((values as { linkId: string }).linkId)));
  };
  const open = async (part: string) => {
    await sendMineLink(world, `@${part}:${name}`);
    return openMine(world, (await links(part)).at(-1) ?? "");
  };
  const questions = () => describeAsks(world, anna);
  const rules = async () => (await describeRules(world, anna))[0] ?? expect.fail("no child");
  return { name, tenantId, anna, links, open, questions, rules };
}

describe("Somebody's own page", () => {
  test("opens by a link in their own app, once, for an hour, and shows a child what holds for it", async () => {
    const { name, links, open } = await family();
    const secret = await open("mia");
    expect(await describeMine(world, secret)).toMatchObject({
      ...{ name, given: "Mia", id: `@mia:${name}` },
      child: { rules: { stranger: "ask" }, wishes: [] },
    });
    const [token = ""] = await links("mia");
    await expect(openMine(world, token)).rejects.toMatchObject({ say: { key: "signIn.link.used" } });
    clock.pass(3601);
    await expect(describeMine(world, secret)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("shows an adult that nobody decides for them, and takes no question of theirs", async () => {
    const { open } = await family();
    const secret = await open("carl");
    expect((await describeMine(world, secret)).child).toBeNull();
    await expect(wish(world, secret, { who: lena, words: "" })).rejects.toMatchObject({ kind: "not-found" });
  });

  test("lets an adult put up a contact page and take it down, and no child; what we took off stays off", async () => {
    const { open, tenantId } = await family();
    const [carls, mias] = [await open("carl"), await open("mia")];
    const page = async () => (await describeMine(world, carls)).page;
    await showOwnPage(world, carls, false);
    expect(await page()).toBe("none");
    await showOwnPage(world, carls, true);
    expect(await page()).toBe("up");
    expect(world.rung).toContainEqual({ kind: "tenant", tenantId });
    await expect(showOwnPage(world, mias, true)).rejects.toMatchObject({ kind: "not-found" });
    const off = { page: false, pageBarredAt: clock.now() };
    await db.person.updateMany({ where: { tenantId, part: "carl" }, data: off });
    await expect(showOwnPage(world, carls, true)).rejects.toMatchObject({ kind: "not-found" });
    expect(await page()).toBe("kept-off");
  });

  test("is nobody's without the secret: not by the link's own, not after it was closed or the link ran out", async () => {
    const { open, links, name } = await family();
    const secret = await open("mia");
    const [token = ""] = await links("mia");
    for (const guess of [undefined, "", "guessed", token, hashSecret(secret)])
      await expect(describeMine(world, guess)).rejects.toMatchObject({ kind: "not-found" });
    await closeMine(world, secret);
    await expect(describeMine(world, secret)).rejects.toMatchObject({ kind: "not-found" });
    await sendMineLink(world, `@mia:${name}`);
    clock.pass(601);
    const late = (await links("mia")).find((one) => one !== token) ?? "";
    await expect(openMine(world, late)).rejects.toMatchObject({ say: { key: "signIn.link.ran-out" } });
  });

  test("closes for whoever is taken out of the home, and no link goes to them, to nobody, or into a home that rests", async () => {
    const { open, links, name, tenantId } = await family();
    const secret = await open("mia");
    await db.person.updateMany({ where: { tenantId, part: "mia" }, data: { takenOutAt: clock.now() } });
    await expect(describeMine(world, secret)).rejects.toMatchObject({ kind: "not-found" });
    await sendMineLink(world, `@mia:${name}`);
    await sendMineLink(world, `@nobody:${name}`);
    await sendMineLink(world, "@mia:nobodys.family");
    expect([await links("mia"), await links("nobody")]).toEqual([[expect.anything()], []]);
    await db.tenant.update({ where: { id: tenantId }, data: { restsBecause: "unpaid", restsSince: clock.now() } });
    await sendMineLink(world, `@carl:${name}`);
    expect(await links("carl")).toEqual([]);
  });
});

describe("A child that wants to write to somebody", () => {
  test("asks its parents in its own words, by mail and app, and sees what they said", async () => {
    const { anna, name, open, questions, rules } = await family();
    const secret = await open("mia");
    await wish(world, secret, { who: " lena:Jones.family ", words: "Lena from my class" });
    expect(await questions()).toMatchObject([{ kind: "wanted", who: lena, words: "Lena from my class", answer: null }]);
    expect(await db.mail.count({ where: { kind: "ask", to: { endsWith: `:${name}` } } })).toBe(1);
    await wish(world, secret, { who: lena, words: "Lena, in my class" });
    expect(await questions()).toMatchObject([{ words: "Lena, in my class" }]);
    const about = { personId: (await rules()).personId, who: lena };
    await answerAsk(world, anna, { ...about, answer: "allow", seen: null });
    expect((await describeMine(world, secret)).child?.wishes).toMatchObject([{ who: lena, answer: "allow" }]);
    expect((await rules()).rules.contacts.people).toEqual([lena]);
    await expect(wish(world, secret, { who: lena, words: "" })).rejects.toMatchObject({
      say: { key: "mine.errors.known" },
    });
  });

  test("may ask once more a day after a not now, and then the question is open again", async () => {
    const { name, anna, open, questions, rules } = await family();
    const secret = await open("mia");
    await wish(world, secret, { who: lena, words: "" });
    const about = { personId: (await rules()).personId, who: lena };
    await answerAsk(world, anna, { ...about, answer: "later", seen: null });
    await expect(wish(world, secret, { who: lena, words: "" })).rejects.toMatchObject({
      say: { key: "mine.errors.later" },
    });
    clock.pass(86_401);
    const tomorrow = await open("mia");
    const letters = () => db.mail.count({ where: { kind: "ask", to: { endsWith: `:${name}` } } });
    const before = await letters();
    await wish(world, tomorrow, { who: lena, words: "It is for the play" });
    expect(await questions()).toMatchObject([{ answer: null, words: "It is for the play" }]);
    expect(await letters()).toBeGreaterThan(before);
  });

  test.each([
    ["nobody's address", () => ({ who: "lena" }), "who"],
    ["itself", (name: string) => ({ who: `@mia:${name}` }), "yourself"],
    ["somebody at home", (name: string) => ({ who: `@carl:${name}` }), "known"],
  ])("is told at once about %s, and no parent is asked", async (_what, asked, key) => {
    const { name, open, questions } = await family();
    const secret = await open("mia");
    await expect(wish(world, secret, { ...asked(name), words: "" })).rejects.toMatchObject({
      say: { key: `mine.errors.${key}` },
    });
    expect(await questions()).toEqual([]);
  });

  test("is told at once what its rules say: no to this person, and that it decides itself", async () => {
    const { anna, open, rules, questions } = await family();
    const secret = await open("mia");
    const decide = async (changed: object) => {
      const now = await rules();
      await changeRules(world, anna, { ...now, rules: { ...now.rules, ...changed } });
    };
    await decide({ contacts: { family: true, people: [], servers: [], never: ["jones.family"] } });
    const refusal = (key: string) => ({ say: { key: `mine.errors.${key}` } });
    await expect(wish(world, secret, { who: lena, words: "" })).rejects.toMatchObject(refusal("never"));
    await decide({
      contacts: { family: true, people: [], servers: [], never: [] },
      ...{ stranger: "allow", rooms: { join: "any", create: true, publish: false } },
    });
    await expect(wish(world, secret, { who: lena, words: "" })).rejects.toMatchObject(refusal("yours"));
    expect(await questions()).toEqual([]);
  });
});
