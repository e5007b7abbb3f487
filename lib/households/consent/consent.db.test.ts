import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { daysAfter } from "@/lib/clock.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { readTenant } from "@/lib/tenants/read-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { cardToken } from "../card-secret.ts";
import { forgetTakenOut } from "../forget-taken-out.ts";
import { growUp } from "../growing/grow-up.ts";
import { handOutCards } from "../hand-out-cards.ts";
import { listHomes } from "../list-homes.ts";
import { lookAtCard } from "../look-at-card.ts";
import { inviteParent } from "../parents/invite-parent.ts";
import { inviteToken } from "../parents/invite-secret.ts";
import { joinParents } from "../parents/join-parents.ts";
import { setFirstPassword } from "../set-first-password.ts";
import { agreeAlone } from "./agree-alone.ts";
import { describeConsents } from "./describe-consents.ts";
import { forgetConsents } from "./forget-consents.ts";
import { giveConsent } from "./give-consent.ts";
import { withdrawConsent } from "./withdraw-consent.ts";

const world = dbWorld();
const { db, clock, ids } = world;
afterAll(() => db.$disconnect());
beforeEach(() => world.rung.splice(0));

async function signedIn(email: string): Promise<SignedIn> {
  const now = clock.now();
  const userId = ids.id("usr");
  const data = { id: userId, name: "", email, emailVerified: true, createdAt: now, updatedAt: now };
  await db.user.create({ data });
  return { userId, sessionId: "ses", email, emailVerified: true, factor: "link", since: now };
}

const words = "I agree for Mia";

/** Anna runs the home, in which Mia lives; Ben is the second parent. `agreed`: whether that was asked while buying. */
async function family({ agreed = true, paidMinor = 625, ageBand = "under-10" } = {}) {
  const email = `anna-${ids.id("m").toLowerCase()}@post.example`;
  const { order } = await makeOrder(world, {
    ...{ state: "paid", paidAt: clock.now(), email, paidMinor, consentAt: clock.now(), consentFrom: "203.0.113.9" },
    people: [{ key: "k", given: "Mia", part: "mia", kind: "child", ageBand }],
    ...(agreed ? { childConsent: { text: words, country: "GB", parts: ["mia"] } } : {}),
  } as object);
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  await db.tenant.update({ where: { id: tenantId }, data: { accountAt: clock.now(), readyAt: clock.now() } });
  await db.$transaction((tx) => handOutCards(tx, world, tenantId));
  const asAnna = await signedIn(email);
  await listHomes(world, asAnna);
  const asBen = await signedIn(email.replace("anna", "ben"));
  const [anna, ben] = [asAnna, asBen].map((one) => ({ ...one, tenantId })) as [At, At];
  await inviteParent(world, anna, { given: "Ben", email: ben.email, personId: null, matrixId: null });
  const { id } = await db.parent.findFirstOrThrow({ where: { tenantId } });
  await joinParents(world, ben, inviteToken(world.linkKey, id));
  const { id: personId } = await db.person.findFirstOrThrow({ where: { tenantId, part: "mia" } });
  const card = await db.card.findFirstOrThrow({ where: { personId } });
  world.rung.splice(0);
  return {
    ...{ anna, ben, personId, tenantId, token: cardToken(world.linkKey, card.id) },
    view: async () => (await describeConsents(world, anna))[0],
    rows: () => db.consent.findMany({ where: { personId }, orderBy: { nth: "asc" } }),
    paused: async () => (await readTenant(world, tenantId))?.tenant.household?.children[0]?.paused,
    letters: async (kind: string) =>
      (await db.mail.findMany({ where: { kind, values: { path: ["personId"], equals: personId } } })).map(
        ({ to }) => to,
      ),
    give: (who: At) => giveConsent(world, who, { personId, text: words, from: "203.0.113.7" }),
    withdraw: (who: At, nth = 1) => withdrawConsent(world, who, { personId, nth }),
  };
}
type At = SignedIn & { readonly tenantId: string };
const refused = (kind: string) => expect.objectContaining({ kind });

describe("What was agreed to while buying", () => {
  test("stands with the child: the words, by whom, when, how, where and from where", async () => {
    const { view, paused } = await family();
    expect(await view()).toMatchObject({
      ...{ given: "Mia", country: "GB", asked: true, age: { age: 13 } },
      newest: {
        nth: 1,
        text: words,
        by: "Anna",
        method: "card-payment",
        country: "GB",
        from: "203.0.113.9",
        withdrawn: null,
      },
    });
    expect(await paused()).toBe(false);
  });

  test("of a home that costs nothing is said to be without a payment", async () => {
    expect((await (await family({ paidMinor: 0 })).view())?.newest?.method).toBe("form");
  });

  test("is nothing in a home of before it was asked; then any parent may agree, nothing is paused until then, and twice is once", async () => {
    const { anna, ben, give, view, rows, paused, letters } = await family({ agreed: false });
    expect([(await view())?.newest, await paused()]).toEqual([null, false]);
    await Promise.all([give(ben), give(ben), give(anna)]);
    expect(await rows()).toHaveLength(1);
    expect((await view())?.newest).toMatchObject({ method: "mailbox", country: "GB", from: "203.0.113.7" });
    expect(await letters("consent-given")).toEqual([]);
  });
});

describe("A consent that is withdrawn", () => {
  test("pauses the child whatever the rules say, tells the other parent once, and is given again by either", async () => {
    const { anna, ben, withdraw, give, view, rows, paused, letters, tenantId } = await family();
    await Promise.all([withdraw(ben), withdraw(ben)]);
    expect(await paused()).toBe(true);
    expect((await view())?.newest?.withdrawn).toMatchObject({ by: "Ben" });
    expect(await letters("consent-withdrawn")).toEqual([anna.email]);
    expect(world.rung).toContainEqual({ kind: "tenant", tenantId });
    await Promise.all([give(anna), give(anna)]);
    expect(await paused()).toBe(false);
    expect(await letters("consent-given")).toEqual([ben.email]);
    expect(await rows()).toMatchObject([{ withdrawnBy: ben.userId }, { nth: 2, by: anna.userId, withdrawnAt: null }]);
  });

  test("is not withdrawn by a page that shows an older one", async () => {
    const { anna, ben, withdraw, give, paused } = await family();
    await withdraw(anna);
    await give(ben);
    await expect(withdraw(anna)).rejects.toEqual(refused("changed-meanwhile"));
    expect(await paused()).toBe(false);
  });

  test("closes a card that is open, and opens it again", async () => {
    const { anna, withdraw, give, token } = await family();
    const set: string[] = [];
    const accounts = { setSecret: async (_: string, part: string) => void set.push(part) };
    const use = () => setFirstPassword({ ...world, accounts }, { token, password: "a plum on a slow tram" });
    await withdraw(anna);
    expect((await lookAtCard(world, token))?.state).toBe("consent-withdrawn");
    await expect(use()).rejects.toEqual(refused("changed-meanwhile"));
    expect(set).toEqual([]);
    await give(anna);
    await use();
    expect([set, (await lookAtCard(world, token))?.state]).toEqual([["mia"], "used"]);
  });

  test("is nobody's of another home to see, to give or to withdraw", async () => {
    const [{ anna }, other] = [await family(), await family()];
    await expect(other.withdraw(anna)).rejects.toEqual(refused("not-found"));
    await expect(other.give(anna)).rejects.toEqual(refused("not-found"));
    expect((await describeConsents(world, anna)).map(({ personId }) => personId)).not.toContain(other.personId);
    expect(await other.paused()).toBe(false);
  });
});

describe("A child who is old enough", () => {
  test("agrees on its own card, once, and no parent can withdraw that", async () => {
    const { anna, token, view, rows, withdraw, paused } = await family({ agreed: false, ageBand: "13-15" });
    expect((await lookAtCard(world, token))?.decidesAlone).toBe(true);
    const mine = { token, text: "I agree", from: "203.0.113.8" };
    await Promise.all([agreeAlone(world, mine), agreeAlone(world, mine)]);
    expect(await rows()).toMatchObject([{ method: "own", by: null, text: "I agree", country: "GB" }]);
    expect((await view())?.newest?.by).toBe("Mia");
    expect((await lookAtCard(world, token))?.decidesAlone).toBe(false);
    await expect(withdraw(anna)).rejects.toEqual(refused("changed-meanwhile"));
    expect(await paused()).toBe(false);
  });

  test("is not one of nine, and a card that no child has agrees to nothing", async () => {
    const { token, rows } = await family({ agreed: false });
    expect((await lookAtCard(world, token))?.decidesAlone).toBe(false);
    await agreeAlone(world, { token, text: "I agree", from: undefined });
    expect(await rows()).toEqual([]);
    const guessed = agreeAlone(world, { token: "guessed", text: "I agree", from: undefined });
    await expect(guessed).rejects.toEqual(refused("not-found"));
  });
});

describe("What a parent agreed to", () => {
  test("is kept for a year once the child was taken out and is forgotten, but stands in no order any more", async () => {
    const { personId, tenantId, rows } = await family();
    await db.person.update({ where: { id: personId }, data: { takenOutAt: daysAfter(clock.now(), -30) } });
    await forgetTakenOut(world);
    expect(await rows()).toMatchObject([{ text: words, keptUntil: daysAfter(clock.now(), 365) }]);
    const { order } = await db.tenant.findUniqueOrThrow({ where: { id: tenantId }, include: { order: true } });
    expect(order.childConsent).toBeNull();
    clock.pass(365 * 86_400);
    await forgetConsents(world);
    expect(await rows()).toEqual([]);
  });

  test("is kept for a year once the child is eighteen, and then forgotten", async () => {
    const { personId, rows } = await family();
    const data = { bornOn: daysAfter(clock.now(), -19 * 366), nextGrowthAt: clock.now() };
    await db.person.update({ where: { id: personId }, data });
    await growUp(world);
    expect(await rows()).toMatchObject([{ keptUntil: daysAfter(clock.now(), 365) }]);
    clock.pass(364 * 86_400);
    await forgetConsents(world);
    expect(await rows()).toHaveLength(1);
    clock.pass(86_400);
    await forgetConsents(world);
    expect(await rows()).toEqual([]);
  });
});
