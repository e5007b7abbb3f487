import { afterAll, describe, expect, test } from "vitest";
import { authWorld, freshEmail, signInByLink } from "@/lib/auth/testing/auth-world.ts";
import { enrolled } from "@/lib/staff/testing/people.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { describeCards } from "./describe-cards.ts";
import { describeHome } from "./describe-home.ts";
import { listHomes } from "./list-homes.ts";
import { maySignIn } from "./may-sign-in.ts";
import { renewCard } from "./renew-card.ts";

const at = authWorld();
const { world } = at;
afterAll(() => at.close());

async function home(email: string, differs: object = {}) {
  const now = world.clock.now();
  const { order } = await makeOrder(world, {
    email,
    state: "paid",
    paidAt: now,
    paidMinor: 625,
    paidCurrency: "GBP",
    cardLabel: "Visa ending 4242",
    ...differs,
  });
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  return { order, tenantId, name: order.name ?? "" };
}
const found = async (tenantId: string, step: string, state: string, more: object = {}) => {
  const now = world.clock.now();
  const data = { want: "present", state, reason: {}, lookedAt: now, changedAt: now, fence: 0n, ...more };
  await world.db.stepState.upsert({
    where: { tenantId_step: { tenantId, step } },
    create: { tenantId, step, ...data },
    update: data,
  });
};
const steps = ["domain", "zone", "records", "site", "homeserver", "certificate", "owner", "seen-from-outside"];

describe("A sign-in link", () => {
  test("is sent to who paid, however they write their e-mail, and to nobody else", async () => {
    const email = freshEmail();
    expect(await maySignIn(world, email)).toBe(false);
    await makeOrder(world, { email });
    expect(await maySignIn(world, email)).toBe(false);
    await home(email);
    expect(await maySignIn(world, email.toUpperCase())).toBe(true);
  });
});

describe("A home", () => {
  test("belongs to who opened the link in the mailbox it was paid with", async () => {
    const email = freshEmail();
    const { tenantId, name } = await home(email.toUpperCase());
    const { who } = await signInByLink(at, email);
    expect(await listHomes(world, who)).toEqual([
      { tenantId, name, ready: false, runs: true, pays: false, cares: true },
    ]);
    expect(await world.db.membership.findMany({ where: { tenantId } })).toMatchObject([{ role: "owner" }]);
    const second = await home(email);
    expect((await listHomes(world, who)).map((one) => one.tenantId).sort()).toEqual([tenantId, second.tenantId].sort());
  });

  test("does not belong to who has the same e-mail on an enrolment link and never opened its mailbox", async () => {
    const email = freshEmail();
    await home(email);
    const { who } = await enrolled(at, email);
    expect(await listHomes(world, who)).toEqual([]);
  });

  test("is found by nobody else: another family, a stranger, or by its id", async () => {
    const { tenantId } = await home(freshEmail());
    const other = freshEmail();
    const theirs = await home(other);
    const { who } = await signInByLink(at, other);
    await listHomes(world, who);
    for (const userId of [who.userId, "nobody", ""]) {
      const asked = { userId, tenantId };
      await expect(describeHome(world, asked)).rejects.toMatchObject({ kind: "not-found" });
      await expect(describeCards(world, asked)).rejects.toMatchObject({ kind: "not-found" });
    }
    const person = await world.db.person.findFirstOrThrow({ where: { tenantId } });
    const steal = { personId: person.id, insteadOf: "" };
    await expect(renewCard(world, { userId: who.userId, tenantId }, steal)).rejects.toMatchObject({
      kind: "not-found",
    });
    await expect(renewCard(world, { userId: who.userId, tenantId: theirs.tenantId }, steal)).rejects.toMatchObject({
      kind: "not-found",
    });
    expect(await world.db.card.count({ where: { personId: person.id } })).toBe(0);
  });

  test("that is taken down is nobody's any more", async () => {
    const email = freshEmail();
    const { tenantId } = await home(email);
    const { who } = await signInByLink(at, email);
    expect(await listHomes(world, who)).toHaveLength(1);
    await world.db.tenant.update({ where: { id: tenantId }, data: { want: "gone", holds: null } });
    expect(await listHomes(world, who)).toEqual([]);
    await expect(describeHome(world, { userId: who.userId, tenantId })).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("The family page", () => {
  async function family() {
    const email = freshEmail();
    const made = await home(email);
    const { who } = await signInByLink(at, email);
    await listHomes(world, who);
    return { ...made, asked: { userId: who.userId, tenantId: made.tenantId } };
  }

  test("shows name, people, owner and the bill", async () => {
    const { asked, name } = await family();
    expect(await describeHome(world, asked)).toMatchObject({
      name,
      health: "being-made",
      lookedAt: null,
      registrant: "Anna Smith",
      people: [{ part: "anna", runsHome: true }, { part: "ben" }, { part: "mia", child: true }],
      bill: { card: "Visa ending 4242", next: { sum: { minor: 625 } }, paid: { sum: { minor: 625 }, only: true } },
    });
  });

  test("says that all is well only when every step was found so and it was seen from outside", async () => {
    const { asked } = await family();
    for (const step of steps) await found(asked.tenantId, step, "settled");
    expect((await describeHome(world, asked)).health).toBe("being-made");
    await world.db.tenant.update({ where: { id: asked.tenantId }, data: { readyAt: world.clock.now() } });
    expect(await describeHome(world, asked)).toMatchObject({
      health: "well",
      lookedAt: world.clock.now().toISOString(),
    });
    await found(asked.tenantId, "certificate", "waiting", { reason: { code: "no-certificate", detail: "x" } });
    expect((await describeHome(world, asked)).health).toBe("being-repaired");
    const rests = { restsBecause: "unpaid", restsSince: world.clock.now() };
    await world.db.tenant.update({ where: { id: asked.tenantId }, data: rests });
    expect((await describeHome(world, asked)).health).toBe("resting");
  });

  test("says what only they can do", async () => {
    const { asked } = await family();
    await found(asked.tenantId, "domain", "blocked", { reason: { code: "confirm-email", detail: "x" } });
    expect(await describeHome(world, asked)).toMatchObject({
      health: "needs-you",
      needs: { code: "confirm-email", mail: "anna@post.example" },
    });
  });

  test("has no bill where nothing was asked for", async () => {
    const email = freshEmail();
    const { tenantId } = await home(email, { paidMinor: 0 });
    const { who } = await signInByLink(at, email);
    await listHomes(world, who);
    expect((await describeHome(world, { userId: who.userId, tenantId })).bill).toBeNull();
  });
});
