import { afterAll, describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { authWorld, freshEmail, signInByLink } from "@/lib/auth/testing/auth-world.ts";
import { daysAfter } from "@/lib/clock.ts";
import { giveLeave } from "@/lib/staff/give-leave.ts";
import { noteLocked } from "@/lib/staff/note-locked.ts";
import { stopLeaveOf } from "@/lib/staff/stop-leave.ts";
import { staffMember } from "@/lib/staff/testing/people.ts";
import { leavesToSee } from "@/lib/staff/wanted-leave-alerts.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { askToLeave } from "./ask-to-leave.ts";
import { describeLeave } from "./describe-leave.ts";
import { endLeaves } from "./end-leaves.ts";
import { listHomes } from "./list-homes.ts";
import { showLeaveCode } from "./show-leave-code.ts";
import { lookAtLeaveLink, stopLeave, stopLeaveByLink } from "./stop-leave.ts";
import { stopToken } from "./tell-of-leave.ts";

const at = authWorld();
const { world } = at;
const { db, clock } = world;
afterAll(() => at.close());

const code = "Q7!kd-83_Zr+";
const day = 86_400;

/** A family in its home whose name was registered so many days ago, with its owner just signed in. */
async function family({ days = 61, ending = "" } = {}) {
  const email = freshEmail();
  const now = clock.now();
  const { order } = await makeOrder(world, {
    ...{ email, state: "paid", paidAt: daysAfter(now, -days), paidMinor: 625, paidCurrency: "GBP" },
  });
  const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
  const name = ending ? `${(order.name ?? "").split(".")[0]}.${ending}` : (order.name ?? "");
  await db.tenant.update({ where: { id: tenantId }, data: { readyAt: now, name, holds: name } });
  const facts = { registeredUntil: null, autoRenew: true, registeredAt: daysAfter(now, -days).toISOString() };
  const step = { step: "domain", want: "present", state: "settled", facts, lookedAt: now, changedAt: now, fence: 0n };
  await db.stepState.create({ data: { tenantId, ...step } });
  const { who } = await signInByLink(at, email);
  await listHomes(world, who);
  const owner = { ...who, tenantId };
  /** Signed in again just now. */
  const again = async () => ({ ...(await signInByLink(at, email)).who, tenantId });
  const leave = () => db.nameLeave.findFirstOrThrow({ where: { tenantId }, orderBy: { askedAt: "desc" } });
  const letters = async (kind: string) =>
    (await db.mail.findMany({ where: { kind }, orderBy: { to: "asc" } })).filter(({ to }) =>
      [email, "anna@post.example"].includes(to),
    );
  return { email, order, name, tenantId, owner, again, leave, letters };
}
type Family = Awaited<ReturnType<typeof family>>;

const reason = "The family asked";
const given = async ({ leave }: Family, more: { typed?: string; staff?: SignedIn } = {}) => {
  const staff = more.staff ?? (await staffMember(at)).who;
  return giveLeave(world, staff, { leaveId: (await leave()).id, code: more.typed ?? code, reason });
};
/** Asked, waited a day, and given. */
async function ready(): Promise<Family> {
  const one = await family();
  await askToLeave(world, one.owner);
  clock.pass(day);
  await given(one);
  return one;
}
const refusedBecause = (kind: string, key?: string) =>
  expect.objectContaining({ kind, ...(key ? { say: expect.objectContaining({ key }) } : {}) });

describe("Asking to take a name elsewhere", () => {
  test("is one row however often it is pressed, and a letter to each mailbox whose name it is", async () => {
    const { owner, leave, email, tenantId } = await family();
    await askToLeave(world, owner);
    await askToLeave(world, owner);
    const { id, open, waitsUntil, askedAt } = await leave();
    expect(await db.nameLeave.count({ where: { tenantId } })).toBe(1);
    expect([open, waitsUntil]).toEqual([tenantId, daysAfter(askedAt, 1)]);
    const letters = await db.mail.findMany({ where: { cause: { startsWith: `leave-asked:${id}:` } } });
    const deed = "anna@post.example";
    expect(letters.map(({ to }) => to).sort()).toEqual([email.toLowerCase(), deed].sort());
    expect(JSON.stringify(letters)).not.toContain(stopToken(world.linkKey, id));
  });

  test("is its owner's alone, and only just after they have shown that it is them", async () => {
    const { owner, tenantId, again } = await family();
    const other = (await signInByLink(at, (await family()).email)).who;
    await expect(askToLeave(world, { ...other, tenantId })).rejects.toEqual(refusedBecause("not-found"));
    // Somebody who may look at the home and does not own it: a grown-up child, or who pays.
    const guest = (await signInByLink(at, (await family()).email)).who;
    await db.membership.create({ data: { userId: guest.userId, tenantId, role: "payer", since: clock.now() } });
    await expect(askToLeave(world, { ...guest, tenantId })).rejects.toEqual(refusedBecause("not-found"));
    await expect(describeLeave(world, { ...guest, tenantId })).rejects.toEqual(refusedBecause("not-found"));
    const staff = (await staffMember(at)).who;
    await expect(askToLeave(world, { ...staff, tenantId })).rejects.toEqual(refusedBecause("not-found"));
    clock.pass(600);
    const late = refusedBecause("not-signed-in", "family.leave.errors.prove");
    await expect(askToLeave(world, owner)).rejects.toEqual(late);
    expect(await db.nameLeave.count({ where: { tenantId } })).toBe(0);
    await askToLeave(world, await again());
    expect(await db.nameLeave.count({ where: { tenantId } })).toBe(1);
  });

  test("waits for the sixtieth day after the registration, and says which day that is", async () => {
    const { owner } = await family({ days: 59 });
    const { holds } = await describeLeave(world, owner);
    expect(holds).toEqual([{ code: "new", until: daysAfter(clock.now(), 1) }]);
    await expect(askToLeave(world, owner)).rejects.toEqual(
      refusedBecause("changed-meanwhile", "family.leave.errors.held"),
    );
  });

  test("waits while a bank looks at a payment, also once it was asked for", async () => {
    const one = await family();
    await askToLeave(world, one.owner);
    const customerId = `cus_${one.tenantId}`;
    const now = clock.now();
    await db.customer.create({ data: { id: customerId, orderId: one.order.id, createdAt: now } });
    const dispute = { id: `dp_${one.tenantId}`, customerId, minor: 625, currency: "GBP", reason: "fraudulent" };
    await db.dispute.create({
      data: { ...dispute, status: "needs_response", createdAt: now, submissions: 0 },
    });
    clock.pass(day);
    expect((await describeLeave(world, one.owner)).holds).toEqual([{ code: "disputed", until: null }]);
    await expect(given(one)).rejects.toEqual(refusedBecause("changed-meanwhile", "staff.leave.errors.held"));
    await db.dispute.update({ where: { id: dispute.id }, data: { status: "won" } });
    await given(one);
    await db.dispute.update({ where: { id: dispute.id }, data: { status: "needs_response" } });
    await expect(showLeaveCode(world, await one.again())).rejects.toEqual(refusedBecause("changed-meanwhile"));
  });

  test("of a home that rests because nobody pays waits until somebody does", async () => {
    const { owner, tenantId } = await family();
    await db.tenant.update({ where: { id: tenantId }, data: { restsBecause: "unpaid", restsSince: clock.now() } });
    expect((await describeLeave(world, owner)).holds).toEqual([{ code: "unpaid", until: null }]);
  });

  test("of a .uk name takes the new registrar's tag, and no code", async () => {
    const one = await family({ ending: "uk" });
    await expect(askToLeave(world, one.owner, "no tag!")).rejects.toEqual(
      refusedBecause("bad-input", "family.leave.errors.tag"),
    );
    await askToLeave(world, one.owner, " gandi ");
    clock.pass(day);
    await given(one, { typed: "" });
    expect(await one.leave()).toMatchObject({ tag: "GANDI", sealed: null });
    expect(await describeLeave(world, one.owner)).toMatchObject({ state: "ready", by: "tag", mayStop: false });
  });
});

describe("The code", () => {
  test("is given by staff who have just proved themselves, and not before a day has passed", async () => {
    const one = await family();
    await askToLeave(world, one.owner);
    const staff = (await staffMember(at)).who;
    await expect(given(one, { staff })).rejects.toEqual(refusedBecause("changed-meanwhile", "staff.leave.errors.held"));
    clock.pass(day);
    const stale = { ...staff, since: daysAfter(clock.now(), -0.2) };
    await expect(given(one, { staff: stale })).rejects.toEqual(
      refusedBecause("not-signed-in", "staff.leave.errors.prove"),
    );
    await expect(given(one, { staff: one.owner })).rejects.toEqual(refusedBecause("not-found"));
    await expect(given(one, { typed: "a b" })).rejects.toEqual(refusedBecause("bad-input", "staff.leave.errors.code"));
    expect((await leavesToSee(db, clock.now())).find(({ tenantId }) => tenantId === one.tenantId)).toMatchObject({
      code: "name-leave",
    });
    await given(one);
    expect((await leavesToSee(db, clock.now())).some(({ tenantId }) => tenantId === one.tenantId)).toBe(false);
    await expect(given(one)).rejects.toEqual(refusedBecause("changed-meanwhile", "staff.errors.gone"));
  });

  test("is shown to the owner who has just proved that it is them, and stands nowhere in the clear", async () => {
    const one = await ready();
    await expect(showLeaveCode(world, one.owner)).rejects.toEqual(refusedBecause("not-signed-in"));
    const staff = (await staffMember(at)).who;
    await expect(showLeaveCode(world, { ...staff, tenantId: one.tenantId })).rejects.toEqual(
      refusedBecause("not-found"),
    );
    expect(await showLeaveCode(world, await one.again())).toBe(code);
    const { id, sealed, shownAt } = await one.leave();
    expect(shownAt).toEqual(clock.now());
    const rows = [
      await db.audit.findMany({ where: { subject: one.tenantId } }),
      await db.mail.findMany({ where: { cause: { contains: id } } }),
    ];
    expect(rows[0]).toHaveLength(1);
    expect(JSON.stringify([rows, sealed])).not.toContain(code);
    // A seal opens for its own leave alone.
    const other = await ready();
    await db.nameLeave.update({ where: { id: (await other.leave()).id }, data: { sealed } });
    await expect(showLeaveCode(world, await other.again())).rejects.toThrow(/does not open/);
  });

  test("is forgotten after a fortnight, unless another registrar is asking for the name", async () => {
    const [one, two] = [await ready(), await ready()];
    const facts = { registeredUntil: null, autoRenew: true, leaving: true };
    await db.stepState.updateMany({ where: { tenantId: two.tenantId, step: "domain" }, data: { facts } });
    clock.pass(12 * day);
    await endLeaves(world);
    expect(await one.leave()).toMatchObject({ endedHow: null });
    clock.pass(2 * day);
    await endLeaves(world);
    expect(await one.leave()).toMatchObject({ open: null, sealed: null, endedHow: "ran-out" });
    expect(await two.leave()).toMatchObject({ open: two.tenantId, endedHow: null });
    await expect(showLeaveCode(world, await one.again())).rejects.toEqual(
      refusedBecause("changed-meanwhile", "family.leave.errors.gone"),
    );
  });
});

describe("Stopping it", () => {
  test("is one press, by its owner or by the link in a letter, and it can be asked for anew", async () => {
    const one = await family();
    await askToLeave(world, one.owner);
    const token = stopToken(world.linkKey, (await one.leave()).id);
    expect(await lookAtLeaveLink(world, token)).toEqual({ state: "open", name: one.name });
    await stopLeaveByLink(world, token);
    await stopLeaveByLink(world, token);
    expect(await one.leave()).toMatchObject({ open: null, endedHow: "stopped" });
    expect(await lookAtLeaveLink(world, token)).toMatchObject({ state: "done" });
    expect(await lookAtLeaveLink(world, "guessed")).toMatchObject({ state: "over" });
    await expect(stopLeaveByLink(world, "guessed")).rejects.toEqual(refusedBecause("not-found"));
    await askToLeave(world, one.owner);
    await stopLeave(world, one.owner);
    expect((await describeLeave(world, one.owner)).state).toBe("none");
    const stopped = { kind: "leave-stopped", to: one.email.toLowerCase() };
    expect(await db.mail.count({ where: stopped })).toBe(2);
  });

  test("forgets a code that nobody has seen, and asks a person to lock the name again", async () => {
    const one = await ready();
    await stopLeave(world, one.owner);
    const { id, sealed, endedHow } = await one.leave();
    expect([sealed, endedHow]).toEqual([null, "stopped"]);
    const asked = async () => (await leavesToSee(db, clock.now())).filter(({ subject }) => subject === id);
    expect(await asked()).toMatchObject([{ code: "name-lock" }]);
    await noteLocked(world, (await staffMember(at)).who, { leaveId: id, reason });
    expect(await asked()).toEqual([]);
  });

  test("of one whose code was seen is a person's, who makes it void", async () => {
    const one = await ready();
    await showLeaveCode(world, await one.again());
    const { id } = await one.leave();
    const late = refusedBecause("changed-meanwhile", "family.leave.errors.shown");
    await expect(stopLeave(world, one.owner)).rejects.toEqual(late);
    await expect(stopLeaveByLink(world, stopToken(world.linkKey, id))).rejects.toEqual(late);
    await expect(stopLeaveOf(world, one.owner, { leaveId: id, reason })).rejects.toEqual(refusedBecause("not-found"));
    await stopLeaveOf(world, (await staffMember(at)).who, { leaveId: id, reason });
    expect(await one.leave()).toMatchObject({ open: null, sealed: null, endedHow: "stopped" });
  });
});
