import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { NameplateError, Unreachable } from "@/lib/errors.ts";
import type { Accounts } from "@/lib/provisioning/ports.ts";
import { type Limiter, openLimiter } from "@/lib/queue/limit.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { cardForPrint } from "./card-for-print.ts";
import { type CardView, describeCards } from "./describe-cards.ts";
import { codeRule, findCardByCode } from "./find-card-by-code.ts";
import { handOutCards } from "./hand-out-cards.ts";
import { lookAtCard } from "./look-at-card.ts";
import { renewCard } from "./renew-card.ts";
import { setFirstPassword } from "./set-first-password.ts";

const world = dbWorld();
const redisUrl = process.env["REDIS_URL"];
if (!redisUrl) throw new Error("REDIS_URL is not set: run scripts/test");
const limiter = openLimiter(redisUrl, world.clock, () => {});
afterAll(async () => {
  limiter.close();
  await world.db.$disconnect();
});
beforeEach(() => world.rung.splice(0));

const goodPassword = "a plum on a slow tram";
const weekSeconds = 7 * 86_400;

/** A home that can be signed in to, its cards handed out; Anna runs it, Ben has an e-mail, Mia is a child. */
async function home(accountAt: Date | null = world.clock.now()) {
  const { order, key } = await makeOrder(world, { state: "paid", paidAt: world.clock.now() });
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  await world.db.tenant.update({ where: { id: tenantId }, data: { accountAt, readyAt: accountAt } });
  await world.db.$transaction((tx) => handOutCards(tx, world, tenantId));
  const person = async (part: string) => world.db.person.findFirstOrThrow({ where: { tenantId, part } });
  const card = async (part: string) => {
    const { people } = await describeCards(world, { key });
    const found = people.find((one) => one.part === part)?.card;
    if (!found) throw new Error(`${part} has no card`);
    return found;
  };
  return { key, tenantId, name: order.name ?? "", person, card };
}
const tokenOf = ({ token }: CardView): string => {
  if (!token) throw new Error("The card does not work");
  return token;
};

/** The homeserver's side: the passwords that were set, and what it answers. */
function accounts(answer: () => Promise<void> = async () => {}) {
  const set: string[] = [];
  const port: Pick<Accounts, "setSecret"> = {
    setSecret: async (name, part, secret) => {
      await answer();
      set.push(`@${part}:${name} ${secret}`);
    },
  };
  return { port, set };
}
const use = (token: string, port: Pick<Accounts, "setSecret">, password = goodPassword) =>
  setFirstPassword({ ...world, accounts: port }, { token, password });

describe("The cards of a home", () => {
  test("are shown to who runs it, each with its state, and a mail that went out says where to", async () => {
    const { key, card } = await home();
    const ben = await card("ben");
    expect(ben).toMatchObject({ state: "ready", sentTo: null });
    await world.db.mail.update({ where: { cause: `card:${ben.id}` }, data: { sentAt: world.clock.now() } });
    const { people } = await describeCards(world, { key });
    expect(people.map((one) => [one.part, one.card?.state, one.card?.sentTo])).toEqual([
      ["anna", "ready", null],
      ["ben", "sent", "ben@post.example"],
      ["mia", "ready", null],
    ]);
  });

  test("of a child stay to be handed over, though the mail went to the parent", async () => {
    const { card } = await home();
    const mail = await world.db.mail.update({
      where: { cause: `card:${(await card("mia")).id}` },
      data: { sentAt: world.clock.now() },
    });
    expect(mail).toMatchObject({ to: "anna@post.example", kind: "child-card" });
    expect((await card("mia")).state).toBe("ready");
  });

  test("hold no secret in the database", async () => {
    const { card, person } = await home();
    const secret = tokenOf(await card("ben"));
    const row = await world.db.card.findFirstOrThrow({ where: { personId: (await person("ben")).id } });
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(JSON.stringify(await world.db.mail.findMany())).not.toContain(secret);
  });

  test.each([
    ["a stranger's cookie", async () => ({ key: "nobody's key" })],
    ["another family's cookie", async () => ({ key: (await home()).key })],
    ["an account that belongs to no home", async () => ({ userId: "usr_nobody" })],
  ])("are not shown, printed or made anew for %s", async (_, who) => {
    const { person, card } = await home();
    const [ben, other] = [await person("ben"), await who()];
    const before = await card("ben");
    const shown = await describeCards(world, other).catch((error: unknown) => error);
    if (!(shown instanceof NameplateError)) expect(shown).not.toMatchObject({ people: [{}, { personId: ben.id }] });
    await expect(cardForPrint(world, other, ben.id)).rejects.toMatchObject({ kind: "not-found" });
    await expect(renewCard(world, other, { personId: ben.id, insteadOf: before.id })).rejects.toMatchObject({
      kind: "not-found",
    });
    expect((await card("ben")).id).toBe(before.id);
  });

  test("are shown to a member of that home and no longer once it is taken down", async () => {
    const { tenantId, name } = await home();
    const who = { userId: world.ids.id("usr") };
    await world.db.membership.create({ data: { ...who, tenantId, role: "owner", since: world.clock.now() } });
    expect((await describeCards(world, who)).name).toBe(name);
    await world.db.tenant.update({ where: { id: tenantId }, data: { want: "gone", holds: null } });
    await expect(describeCards(world, who)).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("A card", () => {
  test("works once", async () => {
    const { card, name } = await home();
    const [token, { port, set }] = [tokenOf(await card("mia")), accounts()];
    expect((await lookAtCard(world, token))?.state).toBe("works");
    await use(token, port);
    expect(set).toEqual([`@mia:${name} ${goodPassword}`]);
    expect(await lookAtCard(world, token)).toMatchObject({ state: "used", usedAt: world.clock.now().toISOString() });
    await expect(use(token, port)).rejects.toMatchObject({ kind: "changed-meanwhile", say: { key: "card.used" } });
    expect(set).toHaveLength(1);
  });

  test("works once though two people use it at the same moment", async () => {
    const token = tokenOf(await (await home()).card("ben"));
    const { port, set } = accounts(() => new Promise((resolve) => setTimeout(resolve, 50)));
    const done = await Promise.allSettled([
      use(token, port, `${goodPassword} one`),
      use(token, port, `${goodPassword} two`),
    ]);
    expect(done.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(set).toHaveLength(1);
  });

  test("may be looked at any number of times and still works", async () => {
    const token = tokenOf(await (await home()).card("ben"));
    for (let look = 0; look < 5; look += 1) expect((await lookAtCard(world, token))?.state).toBe("works");
  });

  test("ends when a newer one is made, and says when that was", async () => {
    const { key, card, person } = await home();
    const old = await card("ben");
    await renewCard(world, { key }, { personId: (await person("ben")).id, insteadOf: old.id });
    const [token, { port, set }] = [tokenOf(old), accounts()];
    expect(await lookAtCard(world, token)).toMatchObject({
      state: "replaced",
      owner: "Anna",
      replacedAt: world.clock.now().toISOString(),
    });
    await expect(use(token, port)).rejects.toMatchObject({ say: { key: "card.replaced" } });
    await use(tokenOf(await card("ben")), port);
    expect(set).toHaveLength(1);
  });

  test("runs out after seven days and shows its secret no more", async () => {
    const { key, card } = await home();
    const token = tokenOf(await card("ben"));
    world.clock.pass(weekSeconds);
    expect((await lookAtCard(world, token))?.state).toBe("ran-out");
    await expect(use(token, accounts().port)).rejects.toMatchObject({ say: { key: "card.ranOut" } });
    const ben = (await describeCards(world, { key })).people.find((one) => one.part === "ben");
    expect(ben?.card).toMatchObject({ state: "ran-out", token: null });
  });

  test.each([
    ["a password that is too short", async () => "short", "bad-input"],
    ["a homeserver that does not answer", async () => goodPassword, "Unreachable"],
  ])("is unharmed by %s", async (_, password, outcome) => {
    const { card } = await home();
    const token = tokenOf(await card("ben"));
    const broken = accounts(async () => {
      throw new Unreachable("no answer", { vendor: "synapse", call: "reset_password" });
    });
    const failed = await use(token, broken.port, await password()).catch((error: unknown) => error);
    expect(failed instanceof NameplateError ? failed.kind : (failed as Error).name).toBe(outcome);
    expect((await lookAtCard(world, token))?.state).toBe("works");
    await use(token, accounts().port);
  });

  test("waits until the home can be signed in to", async () => {
    const { card } = await home(null);
    const token = tokenOf(await card("anna"));
    expect((await lookAtCard(world, token))?.state).toBe("home-not-ready");
    await expect(use(token, accounts().port)).rejects.toMatchObject({ say: { key: "card.homeNotReady" } });
  });

  test("that nobody made is not found", async () => {
    expect(await lookAtCard(world, "made up")).toBeUndefined();
    await expect(use("made up", accounts().port)).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("A new card", () => {
  test("is made once, however often and from however many tabs the button is pressed", async () => {
    const { key, card, person } = await home();
    const ben = await person("ben");
    const press = { personId: ben.id, insteadOf: (await card("ben")).id };
    await Promise.all([1, 2, 3].map(() => renewCard(world, { key }, press)));
    await renewCard(world, { key }, press);
    expect(await world.db.card.count({ where: { personId: ben.id } })).toBe(2);
    expect(await world.db.mail.count({ where: { cause: `card:${(await card("ben")).id}` } })).toBe(1);
    expect(world.rung).toEqual([{ kind: "mail" }]);
  });

  test("sets a new password for somebody who had one", async () => {
    const { key, card, person } = await home();
    const { port, set } = accounts();
    const old = await card("ben");
    await use(tokenOf(old), port, "the first plum of all");
    await renewCard(world, { key }, { personId: (await person("ben")).id, insteadOf: old.id });
    await use(tokenOf(await card("ben")), port, "the second plum of all");
    expect(set.map((one) => one.split(" ").slice(1).join(" "))).toEqual([
      "the first plum of all",
      "the second plum of all",
    ]);
  });
});

describe("The letters of a printed card", () => {
  const find = (typed: string, caller: string, by: Limiter = limiter) =>
    findCardByCode({ ...world, limiter: by }, typed, caller);
  const printed = async () => {
    const { key, person } = await home();
    const { card } = await cardForPrint(world, { key }, (await person("mia")).id);
    if (!card) throw new Error("Mia has no card");
    return card;
  };

  test("open the same card as its square, also in small letters and without the hyphen", async () => {
    const { code, token } = await printed();
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{5}-[A-HJKMNP-Z2-9]{5}$/);
    const typed = code.toLowerCase().replace("-", " ");
    expect(await find(typed, world.ids.id("caller"))).toBe(token);
  });

  test.each([
    ["nothing", " - ", "card.code.empty"],
    ["letters that no card has", "AAAAA-BBBBB", "card.wrongCode"],
    ["something long and odd", "<script>\u0000🙂".repeat(100), "card.wrongCode"],
  ])("%s is said to be wrong", async (_, typed, key) => {
    await expect(find(typed, world.ids.id("caller"))).rejects.toMatchObject({ kind: "bad-input", say: { key } });
  });

  test("can be guessed at a few times an hour, and then the right ones are refused too", async () => {
    const [{ code, token }, caller] = [await printed(), world.ids.id("caller")];
    for (let n = 0; n < codeRule.tries; n += 1)
      await expect(find("AAAAA-BBBBB", caller)).rejects.toMatchObject({ kind: "bad-input" });
    await expect(find(code, caller)).rejects.toMatchObject({ kind: "too-often", say: { key: "card.tooOften" } });
    expect(await find(code, world.ids.id("caller"))).toBe(token);
  });

  test("that are right do not count: a whole family can use its cards in one evening", async () => {
    const [{ code, token }, caller] = [await printed(), world.ids.id("caller")];
    for (let n = 0; n < codeRule.tries + 3; n += 1) expect(await find(code, caller)).toBe(token);
  });

  test("are refused while nobody counts", async () => {
    const away = openLimiter("redis://127.0.0.1:9", world.clock, () => {});
    await expect(find((await printed()).code, "caller", away)).rejects.toMatchObject({ kind: "too-often" });
    away.close();
  });

  test("of a card that does not work any more are not printed", async () => {
    const { key, card, person } = await home();
    await use(tokenOf(await card("mia")), accounts().port);
    expect((await cardForPrint(world, { key }, (await person("mia")).id)).card).toBeNull();
  });
});
