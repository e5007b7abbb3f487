import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { daysAfter } from "@/lib/clock.ts";
import { describeFamily } from "@/lib/staff/describe-family.ts";
import { takeParentOut } from "@/lib/staff/take-parent-out.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { readTenant } from "@/lib/tenants/read-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { billOf, careOf, homeOf, partOf } from "../access.ts";
import { answerAsk } from "../asks/answer-ask.ts";
import { describeAsks } from "../asks/describe-asks.ts";
import { cardForPrint } from "../card-for-print.ts";
import { describeCards, describeChildren } from "../describe-cards.ts";
import { handOutCards } from "../hand-out-cards.ts";
import { listHomes } from "../list-homes.ts";
import { lookAtCard } from "../look-at-card.ts";
import { maySignIn } from "../may-sign-in.ts";
import { renewCard } from "../renew-card.ts";
import { changeRules } from "../rules/change-rules.ts";
import { describeRules } from "../rules/describe-rules.ts";
import { showPage } from "../show-page.ts";
import { describeParents } from "./describe-parents.ts";
import { inviteParent } from "./invite-parent.ts";
import { inviteToken } from "./invite-secret.ts";
import { joinParents } from "./join-parents.ts";
import { leaveParents } from "./leave-parents.ts";
import { invitesOf, lookAtInvite } from "./look-at-invite.ts";
import { takeInviteBack } from "./take-invite-back.ts";

const world = dbWorld();
const { db, clock, ids } = world;
afterAll(() => db.$disconnect());
beforeEach(() => world.rung.splice(0));

/** Somebody who has opened a link in their mailbox. */
async function signedIn(email: string): Promise<SignedIn> {
  const now = clock.now();
  const userId = ids.id("usr");
  const data = { id: userId, name: "", email, emailVerified: true, createdAt: now, updatedAt: now };
  await db.user.create({ data });
  return { userId, sessionId: "ses", email, emailVerified: true, factor: "link", since: now };
}

/** Anna runs the home, Carl lives there and so does Mia, who is a child. Ben lives elsewhere. */
async function family() {
  const email = `anna-${ids.id("m").toLowerCase()}@post.example`;
  const { order, key } = await makeOrder(world, {
    ...{ state: "paid", paidAt: clock.now(), email },
    people: [
      { key: "k1", given: "Carl", part: "carl", kind: "adult" },
      { key: "k2", given: "Mia", part: "mia", kind: "child", ageBand: "under-10" },
    ],
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  await db.tenant.update({ where: { id: tenantId }, data: { accountAt: clock.now(), readyAt: clock.now() } });
  await db.$transaction((tx) => handOutCards(tx, world, tenantId));
  const asAnna = await signedIn(email);
  await listHomes(world, asAnna);
  const asBen = await signedIn(email.replace("anna", "ben"));
  const [anna, ben] = [asAnna, asBen].map((one) => ({ ...one, tenantId })) as [At, At];
  const person = (part: string) => db.person.findFirstOrThrow({ where: { tenantId, part } });
  const invite = { given: "Ben", email: ben.email, personId: null, matrixId: "@ben:jones.family" };
  const asked = async () => {
    const row = await db.parent.findFirstOrThrow({ where: { tenantId }, orderBy: { askedAt: "desc" } });
    return { ...row, token: inviteToken(world.linkKey, row.id) };
  };
  const parents = async () => (await readTenant(world, tenantId))?.tenant.household?.parents;
  const letters = async (kind: string) => (await db.mail.findMany({ where: { kind } })).map(({ to }) => to);
  return { anna, ben, invite, asked, person, parents, letters, tenantId, order, key };
}
type At = SignedIn & { readonly tenantId: string };

/** The same, with Ben as the second parent. */
async function twoParents() {
  const home = await family();
  await inviteParent(world, home.anna, home.invite);
  await joinParents(world, home.ben, (await home.asked()).token);
  return home;
}
const refused = (kind: string, key?: string) =>
  expect.objectContaining({ kind, ...(key ? { say: expect.objectContaining({ key }) } : {}) });

describe("A second parent", () => {
  test("is asked by a letter to their own mailbox, and becomes one when they say yes: the home and the first parent hear of it", async () => {
    const { anna, ben, invite, asked, parents, letters, tenantId, order } = await family();
    expect(await maySignIn(world, ben.email)).toBe(false);
    await inviteParent(world, anna, invite);
    expect(await letters("parent-asked")).toContain(ben.email);
    expect(JSON.stringify(await db.mail.findMany())).not.toContain((await asked()).token);
    expect(await maySignIn(world, ben.email)).toBe(true);
    const { token } = await asked();
    expect(await invitesOf(world, ben)).toEqual([{ token, name: order.name, by: "Anna" }]);
    expect(await lookAtInvite(world, token)).toMatchObject({ state: "works", by: "Anna", email: ben.email });
    await expect(careOf(world, ben)).rejects.toEqual(refused("not-found"));
    world.rung.splice(0);
    expect(await joinParents(world, ben, token)).toBe(order.name);
    expect(world.rung).toContainEqual({ kind: "tenant", tenantId });
    expect(await parents()).toEqual([order.part, "@ben:jones.family"]);
    expect(await letters("parent-joined")).toContain(anna.email);
    expect(await listHomes(world, ben)).toMatchObject([{ tenantId, runs: false, pays: false, cares: true }]);
    for (const who of [anna, ben])
      expect((await describeParents(world, who)).parents).toEqual([
        { given: "Anna", email: anna.email, you: who === anna },
        { given: "Ben", email: ben.email, you: who === ben },
      ]);
  });

  test("who lives in this home is told to it by their account there", async () => {
    const { anna, ben, invite, asked, parents, person, order } = await family();
    await inviteParent(world, anna, { ...invite, matrixId: null, personId: (await person("carl")).id });
    await joinParents(world, ben, (await asked()).token);
    expect(await parents()).toEqual([order.part, "carl"]);
  });

  test("sees the children, their questions and rules as the first one does, decides, and each decision has its name for both", async () => {
    const { anna, ben, person } = await twoParents();
    const mia = await person("mia");
    const [rules] = await describeRules(world, ben);
    if (!rules) return expect.fail("no child");
    await changeRules(world, ben, { ...rules, rules: { ...rules.rules, paused: true } });
    const asked = { id: ids.id("ask"), tenantId: mia.tenantId, personId: mia.id, kind: "invited", room: "!r:x" };
    await db.ask.create({ data: { ...asked, who: "@ruth:x.example", askedAt: clock.now(), heardAt: clock.now() } });
    await answerAsk(world, ben, { personId: mia.id, who: "@ruth:x.example", answer: "allow", seen: null });
    for (const who of [anna, ben]) {
      expect((await describeRules(world, who))[0]?.decided.map(({ by }) => by)).toEqual(["Ben", "Ben"]);
      expect(await describeAsks(world, who)).toMatchObject([{ who: "@ruth:x.example", answer: "allow", by: "Ben" }]);
    }
    expect((await describeChildren(world, ben)).people.map(({ given }) => given)).toEqual(["Mia"]);
    await showPage(world, ben, { personId: mia.id, page: true });
    const before = await cardForPrint(world, ben, mia.id);
    await renewCard(world, ben, { personId: mia.id, insteadOf: before.lastCardId ?? "" });
    const after = await cardForPrint(world, anna, mia.id);
    expect(after.lastCardId).not.toBe(before.lastCardId);
    expect(after.from).toEqual(["Anna", "Ben"]);
    const letter = await db.mail.findUniqueOrThrow({ where: { cause: `card:${after.lastCardId}` } });
    expect(letter).toMatchObject({ kind: "child-card", to: ben.email });
    expect(await lookAtCard(world, after.card?.token ?? "")).toMatchObject({ owner: "Anna", parents: ["Anna", "Ben"] });
  });

  test("has nothing of the bill, the name, the plan or the other people: not even their cards", async () => {
    const { ben, person } = await twoParents();
    for (const verb of [homeOf, billOf, partOf, describeCards])
      await expect(verb(world, ben), verb.name).rejects.toEqual(refused("not-found"));
    const { id: personId } = await person("carl");
    await expect(cardForPrint(world, ben, personId)).rejects.toEqual(refused("not-found"));
    await expect(renewCard(world, ben, { personId, insteadOf: "" })).rejects.toEqual(refused("not-found"));
    await expect(showPage(world, ben, { personId, page: false })).rejects.toEqual(refused("not-found"));
  });

  test("and the first one who decide in one moment: the later sees what the other decided, and decides nothing by accident", async () => {
    const { anna, ben } = await twoParents();
    const [rules] = await describeRules(world, anna);
    if (!rules) return expect.fail("no child");
    const by = (who: At, what: object) => changeRules(world, who, { ...rules, rules: { ...rules.rules, ...what } });
    const both = await Promise.allSettled([by(anna, { paused: true }), by(ben, { found: true })]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((one) => one.status === "rejected")).toMatchObject({ reason: refused("changed-meanwhile") });
    expect((await describeRules(world, ben))[0]?.decided).toHaveLength(1);
  });

  test("who leaves is one no more at once, in the home too; what they decided stays with their name, and the other is told", async () => {
    const { anna, ben, parents, letters, order } = await twoParents();
    const [rules] = await describeRules(world, ben);
    await changeRules(world, ben, {
      ...rules,
      personId: rules?.personId ?? "",
      seen: 0,
      rules: { ...rules?.rules, paused: true },
    });
    await leaveParents(world, ben);
    expect(await parents()).toEqual([order.part]);
    expect(await letters("parent-left")).toContain(anna.email);
    expect(await listHomes(world, ben)).toEqual([]);
    await expect(describeRules(world, ben)).rejects.toEqual(refused("not-found"));
    await expect(leaveParents(world, ben)).rejects.toEqual(refused("not-found"));
    expect((await describeRules(world, anna))[0]?.decided.map(({ by }) => by)).toEqual(["Ben"]);
    expect((await describeParents(world, anna)).room).toBe(true);
  });

  test("may be asked again after leaving, by another letter", async () => {
    const { anna, ben, invite, asked } = await twoParents();
    const first = (await asked()).token;
    await leaveParents(world, ben);
    expect(await lookAtInvite(world, first)).toMatchObject({ state: "left" });
    await expect(joinParents(world, ben, first)).rejects.toEqual(refused("changed-meanwhile", "parent.errors.over"));
    clock.pass(1);
    await inviteParent(world, anna, invite);
    await joinParents(world, ben, (await asked()).token);
    expect((await describeParents(world, ben)).parents).toHaveLength(2);
  });
});

describe("The last parent", () => {
  test("cannot leave", async () => {
    const { anna } = await family();
    await expect(leaveParents(world, anna)).rejects.toEqual(refused("changed-meanwhile", "family.parents.errors.last"));
    expect((await careOf(world, anna)).id).toBe(anna.tenantId);
  });

  test("is whoever leaves second of two who leave in one moment", async () => {
    const { anna, ben, tenantId } = await twoParents();
    const both = await Promise.allSettled([leaveParents(world, anna), leaveParents(world, ben)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { ownerIsParent } = await db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    expect(Number(ownerIsParent) + (await db.parent.count({ where: { tenantId, leftAt: null } }))).toBe(1);
  });

  test("need not be whoever runs the home, who goes on running it, decides about no child and can be asked back", async () => {
    const { anna, ben, asked, parents, person, order, key } = await twoParents();
    await leaveParents(world, anna);
    expect((await homeOf(world, anna)).id).toBe(anna.tenantId);
    const { id: personId } = await person("mia");
    for (const who of [anna, { key }]) {
      await expect(careOf(world, who)).rejects.toEqual(refused("not-found"));
      await expect(cardForPrint(world, who, personId)).rejects.toEqual(refused("not-found"));
      const { people } = await describeCards(world, who);
      expect(people.map(({ given, card }) => [given, card !== null])).toEqual([
        ["Anna", true],
        ["Carl", true],
        ["Mia", false],
      ]);
    }
    // Whoever runs the home can always be written to.
    expect(await parents()).toEqual([order.part, "@ben:jones.family"]);
    await expect(leaveParents(world, ben)).rejects.toEqual(refused("changed-meanwhile"));
    clock.pass(1);
    await inviteParent(world, ben, { given: "Anna", email: anna.email, personId: null, matrixId: null });
    await joinParents(world, anna, (await asked()).token);
    expect((await describeParents(world, anna)).parents.map(({ given }) => given)).toEqual(["Anna", "Ben"]);
    expect(await listHomes(world, anna)).toMatchObject([{ runs: true, cares: true }]);
  });
});

describe("Against their will a parent is taken out", () => {
  test("by one of the staff alone, with a reason that stays, and never as the last one", async () => {
    const { anna, ben, asked, parents, letters, order, tenantId } = await twoParents();
    const { id } = await asked();
    const reason = "Family court, FC-2026-881";
    for (const who of [undefined, anna, ben])
      await expect(takeParentOut(world, who, { subject: id, reason })).rejects.toEqual(refused("not-found"));
    const sam = { ...(await signedIn(`sam-${id.toLowerCase()}@nameplate.example`)), factor: "passkey" as const };
    await db.staffMember.create({ data: { userId: sam.userId, name: "Sam", role: "support", addedAt: clock.now() } });
    await expect(takeParentOut(world, sam, { subject: id, reason: "" })).rejects.toEqual(refused("bad-input"));
    const { parents: shown } = await describeFamily(world, sam, { tenantId });
    expect(shown).toEqual([
      { given: "Anna", subject: tenantId },
      { given: "Ben", subject: id },
    ]);
    await takeParentOut(world, sam, { subject: tenantId, reason });
    await expect(careOf(world, anna)).rejects.toEqual(refused("not-found"));
    expect((await homeOf(world, anna)).id).toBe(tenantId);
    expect(await letters("parent-left")).toContain(ben.email);
    expect(await parents()).toEqual([order.part, "@ben:jones.family"]);
    const last = refused("changed-meanwhile", "family.parents.errors.last");
    await expect(takeParentOut(world, sam, { subject: id, reason })).rejects.toEqual(last);
    expect(await db.audit.findMany({ where: { subject: tenantId } })).toMatchObject([
      { act: "take-parent-out", reason },
    ]);
  });
});

describe("A link to look after children", () => {
  test("is worth nothing to whoever opens it with another mailbox, or with one that nobody has proved", async () => {
    const { anna, ben, invite, asked } = await family();
    await inviteParent(world, anna, invite);
    const { token } = await asked();
    const eve = await signedIn(`eve-${ids.id("m").toLowerCase()}@post.example`);
    const mailbox = refused("changed-meanwhile", "parent.errors.mailbox");
    await expect(joinParents(world, eve, token)).rejects.toEqual(mailbox);
    await expect(joinParents(world, { ...ben, emailVerified: false }, token)).rejects.toEqual(mailbox);
    await expect(joinParents(world, ben, "guessed")).rejects.toEqual(refused("not-found"));
    expect(await lookAtInvite(world, "guessed")).toBeUndefined();
    expect((await describeParents(world, anna)).parents).toHaveLength(1);
  });

  test("that runs out or is taken back works no more, and says which", async () => {
    const { anna, ben, invite, asked } = await family();
    await inviteParent(world, anna, invite);
    const first = await asked();
    await takeInviteBack(world, anna, first.id);
    await takeInviteBack(world, anna, first.id);
    expect(await lookAtInvite(world, first.token)).toMatchObject({ state: "taken-back" });
    await expect(joinParents(world, ben, first.token)).rejects.toEqual(refused("changed-meanwhile"));
    clock.pass(1);
    await inviteParent(world, anna, invite);
    const second = await asked();
    clock.pass(7 * 86_400);
    expect(await lookAtInvite(world, second.token)).toMatchObject({ state: "ran-out" });
    await expect(joinParents(world, ben, second.token)).rejects.toEqual(refused("changed-meanwhile"));
    expect([await maySignIn(world, ben.email), await invitesOf(world, ben)]).toEqual([false, []]);
    expect(second.until).toEqual(daysAfter(second.askedAt, 7));
  });

  test("works once, in two tabs at the same moment too", async () => {
    const { anna, ben, invite, asked } = await family();
    await inviteParent(world, anna, invite);
    const { id, token } = await asked();
    await Promise.all([joinParents(world, ben, token), joinParents(world, ben, token)]);
    expect(await db.membership.count({ where: { userId: ben.userId } })).toBe(1);
    expect(await db.mail.count({ where: { cause: { startsWith: `parent-joined:${id}` } } })).toBe(1);
    await expect(takeInviteBack(world, anna, id)).rejects.toEqual(
      refused("changed-meanwhile", "family.parents.tooLate"),
    );
  });

  test("is sent by a parent alone, to one at a time, to nobody who is one, and never to a third", async () => {
    const { anna, ben, invite, asked } = await family();
    await expect(inviteParent(world, ben, invite)).rejects.toEqual(refused("not-found"));
    await inviteParent(world, anna, invite);
    await inviteParent(world, anna, invite);
    expect(await db.parent.count({ where: { tenantId: anna.tenantId } })).toBe(1);
    const eve = { ...invite, email: "eve@post.example" };
    const error = (key: string) => refused("changed-meanwhile", `family.parents.errors.${key}`);
    await expect(inviteParent(world, anna, eve)).rejects.toEqual(error("open"));
    await expect(inviteParent(world, anna, { ...invite, email: anna.email })).rejects.toEqual(error("same"));
    const { id, token } = await asked();
    await expect(takeInviteBack(world, ben, id)).rejects.toEqual(refused("not-found"));
    await joinParents(world, ben, token);
    for (const who of [anna, ben]) await expect(inviteParent(world, who, eve)).rejects.toEqual(error("full"));
  });

  test("is sent to nobody, and for nobody, who was taken out of the home", async () => {
    const { anna, invite, person } = await family();
    const carl = await person("carl");
    const out = (id: string) => db.person.update({ where: { id }, data: { takenOutAt: clock.now() } });
    await out(carl.id);
    expect((await describeParents(world, anna)).adults).toEqual([]);
    const asCarl = { ...invite, personId: carl.id, matrixId: null };
    await expect(inviteParent(world, anna, asCarl)).rejects.toMatchObject({
      say: { key: "family.parents.errors.personId" },
    });
    await out((await person("mia")).id);
    expect(await describeParents(world, anna)).toMatchObject({ children: [], room: false });
    await expect(inviteParent(world, anna, invite)).rejects.toMatchObject({
      say: { key: "family.parents.errors.noChild" },
    });
  });

  test("is sent for no child of the home, and for no home without a child", async () => {
    const { anna, invite, person, tenantId } = await family();
    const mia = { ...invite, personId: (await person("mia")).id };
    await expect(inviteParent(world, anna, mia)).rejects.toEqual(refused("bad-input"));
    await db.card.deleteMany({ where: { personId: mia.personId } });
    await db.person.delete({ where: { id: mia.personId } });
    await expect(inviteParent(world, anna, invite)).rejects.toEqual(refused("changed-meanwhile"));
    expect(await db.parent.count({ where: { tenantId } })).toBe(0);
  });
});
