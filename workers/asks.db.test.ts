import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Member } from "@/lib/households/access.ts";
import { answerAsk } from "@/lib/households/asks/answer-ask.ts";
import { describeAsks } from "@/lib/households/asks/describe-asks.ts";
import { syncAsks } from "@/lib/households/asks/sync-asks.ts";
import { changeRules } from "@/lib/households/rules/change-rules.ts";
import { describeRules } from "@/lib/households/rules/describe-rules.ts";
import { byAddress } from "@/lib/mail/in-app.ts";
import { sendMails } from "@/lib/mail/send-mails.ts";
import type { AskAnswer, HomeAsks } from "@/lib/provisioning/ports.ts";
import { type SynapseAccounts, synapseAccounts } from "@/lib/synapse/accounts.ts";
import { makeSigningKey } from "@/lib/synapse/escrow-crypto.ts";
import { homeAsks } from "@/lib/synapse/home-asks.ts";
import { homeNotices } from "@/lib/synapse/home-notices.ts";
import { homeSecrets } from "@/lib/synapse/home-secrets.ts";
import { startTestHost, type TestHost, testMasterKey } from "@/lib/synapse/test-host.ts";
import { accepted, callHome } from "@/lib/synapse/unix-http.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { readTenant } from "@/lib/tenants/read-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { compose } from "./letters/compose.ts";
import { letterTools } from "./letters/letter-tools.ts";

const world = dbWorld();
const { db, clock, ids } = world;
let host: TestHost;
let accounts: SynapseAccounts;
let asks: HomeAsks;

// A home of its own for each: seconds, and on a busy machine many.
vi.setConfig({ testTimeout: 90_000 });

beforeAll(async () => {
  host = await startTestHost();
  accounts = synapseAccounts({ socketFolder: host.socketFolder, masterKey: testMasterKey, device: "WORKER1" });
  asks = homeAsks(host.hostSocket, accounts);
}, 60_000);
afterAll(async () => {
  await host.clean();
  await db.$disconnect();
}, 60_000);

/** Somebody's app. They sign in by our service account, as a password would do it. */
async function person(name: string, part: string) {
  const dweller = { id: part, given: part, part, child: false, runsHome: false, page: false };
  await accounts.ensureAccount(name, dweller);
  const path = `/_synapse/admin/v1/users/@${part}:${name}/login`;
  const { body } = await accounts.administer(name, { method: "POST", path, body: {}, what: "sign in" });
  const token = String(body["access_token"]);
  const call = async (method: "GET" | "POST" | "PUT", rest: string, sent?: unknown) => {
    const asked = { method, path: `/_matrix/client/v3/${rest}`, token, what: rest, ...(sent ? { body: sent } : {}) };
    return accepted(asked, await callHome(join(host.socketFolder, `${name}.sock`), asked));
  };
  return {
    id: `@${part}:${name}`,
    /** Invites them, with a word that waits. */
    async invite(who: string, words = "are you there?"): Promise<string> {
      const room = String((await call("POST", "createRoom", { preset: "private_chat", invite: [who] }))["room_id"]);
      await call("PUT", `rooms/${room}/send/m.room.message/1`, { msgtype: "m.text", body: words });
      return room;
    },
    async reads(room: string): Promise<readonly unknown[]> {
      const { chunk } = await call("GET", `rooms/${room}/messages?dir=b&limit=20`);
      return ((chunk ?? []) as { content: { body?: string } }[]).flatMap(({ content }) => content.body ?? []);
    },
    /** Everything said in the rooms that they are in: their home put them there. */
    async isTold(): Promise<readonly unknown[]> {
      const rooms = (await call("GET", "joined_rooms"))["joined_rooms"] as string[];
      return (await Promise.all(rooms.map((room) => this.reads(room)))).flat();
    },
  };
}

/** Anna runs a home and looks after its children with Ben; in it Mia may write to nobody but them; Carl lives there, too. */
async function family() {
  const mias = { key: "k2", given: "Mia", part: "mia", kind: "child", ageBand: "under-10" };
  const carls = { key: "k1", given: "Carl", part: "carl", kind: "adult" };
  const { order } = await makeOrder(world, { state: "paid", people: [carls, mias] });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  const parent = async (given: string, role: "owner" | "parent") => {
    const userId = ids.id("usr");
    const email = `${userId.toLowerCase()}@post.example`;
    const now = clock.now();
    await db.user.create({
      data: { id: userId, name: "", email, emailVerified: true, createdAt: now, updatedAt: now },
    });
    await db.membership.create({ data: { userId, tenantId, role, since: now } });
    const asked = { id: ids.id("par"), tenantId, given, email, askedAt: now, askedBy: userId, until: now };
    if (role === "parent") await db.parent.create({ data: { ...asked, userId, joinedAt: now } });
    else await db.order.update({ where: { id: order.id }, data: { email } });
    return { userId, tenantId, email };
  };
  const [anna, ben, name] = [await parent("Anna", "owner"), await parent("Ben", "parent"), order.name ?? ""];
  const rules = async () => (await describeRules(world, anna))[0] ?? expect.fail("no child");
  const before = await rules();
  const alone = { ...before.rules, contacts: { ...before.rules.contacts, family: false } };
  await changeRules(world, anna, { ...before, rules: alone });
  await db.tenant.update({ where: { id: tenantId }, data: { readyAt: clock.now() } });
  const key = makeSigningKey(ids);
  /** What a look of the worker's at the home does; the first makes it, with its rules. */
  const tell = async () => {
    const household = (await readTenant(world, tenantId))?.tenant.household ?? null;
    await host.homes.ensureRunning(name, { secrets: homeSecrets(testMasterKey, name, key.file), household }, 30);
  };
  await tell();
  const sync = () => syncAsks({ ...world, asks }, tenantId);
  const questions = () => describeAsks(world, anna);
  const answer = async (who: Member, other: string, answer: AskAnswer, seen: AskAnswer | null = null) =>
    answerAsk(world, who, { personId: (await rules()).personId, who: other, answer, seen });
  const letters = () => db.mail.count({ where: { kind: "ask", to: anna.email } });
  const [carl, mia] = [await person(name, "carl"), await person(name, "mia")];
  return { name, tenantId, anna, ben, carl, mia, rules, tell, sync, questions, answer, letters };
}
/** Sends what is due into people's apps; letters to mailboxes go nowhere. */
const post = () =>
  sendMails({
    ...world,
    post: byAddress({ mailbox: { send: async () => {} }, app: homeNotices(accounts) }),
    compose: (mail) => compose(letterTools({ ...world, webUrl: "https://n.test", supportEmail: "help@n.test" }), mail),
  });
const askedBy = (who: string) => expect.objectContaining({ given: "Mia", kind: "invited", who, answer: null });

describe("A question about a child", () => {
  test("comes to its parents' page once, with one letter to each of them, however many workers hear it", async () => {
    const { carl, mia, sync, questions, letters, ben } = await family();
    await carl.invite(mia.id);
    await Promise.all([sync(), sync()]);
    await sync();
    expect(await questions()).toEqual([askedBy(carl.id)]);
    expect(await letters()).toBe(1);
    expect(await db.mail.count({ where: { kind: "ask", to: ben.email } })).toBe(1);
  });

  test("is one for whoever asks from two rooms, and a yes leads to both, with the words that waited", async () => {
    const { carl, mia, sync, questions, answer, anna, tell, rules, tenantId } = await family();
    const rooms = [await carl.invite(mia.id, "the first"), await carl.invite(mia.id, "the second")];
    await sync();
    expect(await questions()).toEqual([askedBy(carl.id)]);
    await answer(anna, carl.id, "allow");
    expect((await rules()).rules.contacts.people).toEqual([carl.id]);
    await Promise.all([tell(), sync()]);
    expect([await mia.reads(rooms[0] ?? ""), await mia.reads(rooms[1] ?? "")]).toEqual([["the first"], ["the second"]]);
    const rows = await db.ask.findMany({ where: { tenantId } });
    expect(rows.map(({ handedAt, doneAt }) => [handedAt !== null, doneAt !== null])).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  test("that was allowed waits for a home that does not know the rules yet, and is tried again", async () => {
    const { carl, mia, sync, answer, anna, tell, tenantId } = await family();
    const room = await carl.invite(mia.id);
    await sync();
    await answer(anna, carl.id, "allow");
    await expect(sync()).rejects.toMatchObject({ effect: "none" });
    expect(await db.ask.findFirst({ where: { tenantId } })).toMatchObject({ answer: "allow", handedAt: null });
    await tell();
    await sync();
    expect(await mia.reads(room)).toEqual(["are you there?"]);
  });

  test("of somebody who becomes a parent needs no answer: the child is let in", async () => {
    const { carl, mia, sync, questions, ben, tell, tenantId } = await family();
    const room = await carl.invite(mia.id);
    await sync();
    const { id: personId } = await db.person.findFirstOrThrow({ where: { tenantId, part: "carl" } });
    await db.parent.updateMany({ where: { tenantId, userId: ben.userId }, data: { personId } });
    await tell();
    await sync();
    expect(await mia.reads(room)).toEqual(["are you there?"]);
    expect(await questions()).toMatchObject([{ who: carl.id, answer: "allow" }]);
  });

  test("wakes nobody's home; an answer does", async () => {
    const { name, carl, mia, sync, questions, answer, anna, tell } = await family();
    const room = await carl.invite(mia.id);
    await sync();
    // A host that begins finds its homes asleep.
    await host.homes.ensureStopped(name);
    await tell();
    await host.end("SIGTERM");
    await host.begin();
    expect(await host.homes.state(name)).toMatchObject({ state: "asleep" });
    await sync();
    expect(await host.homes.state(name)).toMatchObject({ state: "asleep" });
    expect(await questions()).toEqual([askedBy(carl.id)]);
    await answer(anna, carl.id, "allow");
    await tell();
    await sync();
    expect(await mia.reads(room)).toEqual(["are you there?"]);
  });
});

describe("A parent's answer", () => {
  test("is what the other parent hears who was slower, and the same answer once more is none", async () => {
    const { carl, mia, sync, questions, answer, anna, ben, rules } = await family();
    await carl.invite(mia.id);
    await sync();
    await answer(anna, carl.id, "never");
    await answer(ben, carl.id, "never");
    await expect(answer(ben, carl.id, "allow")).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect(await questions()).toMatchObject([{ who: carl.id, answer: "never", by: "Anna" }]);
    expect((await rules()).rules.contacts).toMatchObject({ people: [], never: [carl.id] });
    expect((await rules()).decided).toHaveLength(2);
  });

  test("that is not now changes no rule, stays in sight, and may become a yes", async () => {
    const { carl, mia, sync, questions, answer, anna, ben, rules, tell } = await family();
    const room = await carl.invite(mia.id);
    await sync();
    await answer(anna, carl.id, "later");
    await sync();
    expect((await rules()).decided).toHaveLength(1);
    clock.pass(60 * 86_400);
    expect(await questions()).toMatchObject([{ who: carl.id, answer: "later" }]);
    await answer(ben, carl.id, "allow", "later");
    await tell();
    await sync();
    expect(await mia.reads(room)).toEqual(["are you there?"]);
  });

  test("may be given among the rules: whoever became a contact there is let in, and nobody is asked any more", async () => {
    const { carl, mia, sync, questions, anna, rules, tell } = await family();
    const room = await carl.invite(mia.id);
    await sync();
    const now = await rules();
    const contacts = { ...now.rules.contacts, people: [carl.id] };
    await changeRules(world, anna, { ...now, rules: { ...now.rules, contacts } });
    await tell();
    await sync();
    expect(await mia.reads(room)).toEqual(["are you there?"]);
    expect(await questions()).toMatchObject([{ who: carl.id, answer: "allow" }]);
  });

  test("is nobody's but its parents'", async () => {
    const { carl, mia, sync, answer, tenantId } = await family();
    await carl.invite(mia.id);
    await sync();
    const stranger = { userId: "usr_stranger", tenantId };
    await expect(answer(stranger, carl.id, "allow")).rejects.toMatchObject({ kind: "not-found" });
    await expect(describeAsks(world, stranger)).rejects.toMatchObject({ kind: "not-found" });
    const other = await family();
    await expect(answer(other.anna, carl.id, "allow")).rejects.toMatchObject({ kind: "not-found" });
  });
});

test("Of many who ask at once a parent gets five letters an hour, and sees all of them on the page", async () => {
  const { name, mia, sync, questions, letters } = await family();
  for (const part of ["a1", "a2", "a3", "a4", "a5", "a6", "a7"]) await (await person(name, part)).invite(mia.id);
  await sync();
  expect([await letters(), (await questions()).length]).toEqual([5, 7]);
  clock.pass(3601);
  await (await person(name, "b1")).invite(mia.id);
  await sync();
  expect([await letters(), (await questions()).length]).toEqual([6, 8]);
});

describe("In their own app", () => {
  test("a parent who lives there reads who asks, from the home itself, once; an answered question is told no more", async () => {
    const { name, carl, mia, sync, answer, anna } = await family();
    const part = (await db.person.findFirstOrThrow({ where: { tenant: { name }, runsHome: true } })).part;
    const annasApp = await person(name, part);
    await carl.invite(mia.id);
    await sync();
    await post();
    const [told, ...others] = await annasApp.isTold();
    expect(others).toEqual([]);
    expect(told).toMatch(/^Somebody would like to write to Mia\n\n@carl:/);
    expect(told).toContain(`https://n.test/home/${name}`);
    expect(told).not.toContain("help@n.test");
    await sync();
    await post();
    expect(await annasApp.isTold()).toEqual([told]);
    const dora = await person(name, "dora");
    await dora.invite(mia.id);
    await sync();
    await answer(anna, dora.id, "never");
    await post();
    expect(await annasApp.isTold()).toEqual([told]);
    expect(await mia.isTold()).toEqual([]);
  });

  test("a child reads which of its rules have changed, once it has used its card", async () => {
    const { anna, mia, rules, name } = await family();
    const pause = async (paused: boolean) => {
      const before = await rules();
      await changeRules(world, anna, { ...before, rules: { ...before.rules, paused, uploadMegabytes: 5 } });
      await post();
    };
    await pause(true);
    expect(await mia.isTold()).toEqual([]);
    const { personId } = await rules();
    const card = { id: ids.id("crd"), tokenHash: ids.id("t"), codeHash: ids.id("c") };
    const now = clock.now();
    await db.card.create({ data: { ...card, personId, createdAt: now, expiresAt: now, usedAt: now } });
    await pause(false);
    expect(await mia.isTold()).toEqual([
      `Your rules have changed\n\nPause: No: your account is open.\n\nDoes one not fit you? Talk to ${
        (await db.person.findFirstOrThrow({ where: { tenant: { name }, runsHome: true } })).given
      } or Ben. How to ask, how to block, and who helps you:\n\nhttps://n.test/children`,
    ]);
  });
});
