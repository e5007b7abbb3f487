import { afterAll, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { daysAfter } from "@/lib/clock.ts";
import { showPage } from "@/lib/households/show-page.ts";
import { answerReport, type Decision } from "@/lib/staff/answer-report.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { letPageOn } from "@/lib/staff/let-page-on.ts";
import { countReports, describeReport, listReports } from "@/lib/staff/list-reports.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { disagree, lookAtDisagreeing } from "./disagree.ts";
import { forgetReports } from "./forget-reports.ts";
import { makeReport } from "./make-report.ts";
import { reportToken } from "./report-secret.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

async function family() {
  const { order } = await makeOrder(world, { state: "paid", paidAt: world.clock.now() });
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  const owner = world.ids.id("usr");
  await world.db.membership.create({ data: { userId: owner, tenantId, role: "owner", since: world.clock.now() } });
  const anna = await world.db.person.findFirstOrThrow({ where: { tenantId, runsHome: true } });
  return { tenantId, name: order.name ?? "", owner, anna };
}

const someone = (differs: Partial<SignedIn> = {}): SignedIn => ({
  ...{ userId: world.ids.id("usr"), sessionId: "s", email: "someone@post.example", emailVerified: true },
  ...{ factor: "passkey", since: world.clock.now(), ...differs },
});
async function staff(): Promise<SignedIn> {
  const who = someone();
  const { userId } = who;
  await world.db.staffMember.create({
    data: { userId, name: "Priya N.", role: "support", addedAt: world.clock.now() },
  });
  return who;
}

const given = (about: string, differs = {}) => ({
  ...{ about, kind: "pretends" as const, text: "That is not her.", email: "friend@post.example", ...differs },
});
async function reported(about: string) {
  const { number } = await makeReport(world, given(about));
  return world.db.report.findUniqueOrThrow({ where: { number } });
}
const answer = (who: SignedIn | undefined, reportId: string, decision: Decision) =>
  answerReport(world, who, { reportId, decision, reason: "We looked at the page." });
const lettersFor = (reportId: string) =>
  world.db.mail.findMany({ where: { values: { path: ["reportId"], equals: reportId } }, orderBy: { cause: "asc" } });

test("a page is found however its address was typed, and one that is nobody's is taken the same way", async () => {
  const { tenantId, name, anna } = await family();
  for (const about of [`${name}/${anna.part}`, `https://${name.toUpperCase()}/${anna.part}/`, `@${anna.part}:${name}`])
    expect(await reported(about)).toMatchObject({ tenantId, personId: anna.id });
  expect(await reported(name)).toMatchObject({ tenantId, personId: null });
  expect(await reported(`${name}/nobody`)).toMatchObject({ tenantId, personId: null });
  expect(await reported("some words about a person")).toMatchObject({ tenantId: null, personId: null });
});

test("taking a page off answers the case, tells both why, and keeps the page off until one of us lets it come back", async () => {
  const { tenantId, name, owner, anna } = await family();
  const report = await reported(`${name}/${anna.part}`);
  const priya = await staff();
  await answer(priya, report.id, "page-off");
  const page = () => world.db.person.findUniqueOrThrow({ where: { id: anna.id }, select: { page: true } });
  expect(await page()).toEqual({ page: false });
  expect(world.rung).toContainEqual({ kind: "tenant", tenantId });
  const letters = await lettersFor(report.id);
  expect(letters.map(({ kind }) => kind).sort()).toEqual(["page-off", "report-answered", "report-kept"]);
  expect(letters.find(({ kind }) => kind === "page-off")?.to).not.toBe("friend@post.example");
  const up = () => showPage(world, { userId: owner }, { personId: anna.id, page: true });
  await expect(up()).rejects.toMatchObject({ kind: "not-found" });
  await letPageOn(world, priya, { reportId: report.id, reason: "They showed who they are." });
  expect(await page()).toEqual({ page: true });
  expect(await world.db.audit.findMany({ where: { subject: tenantId }, orderBy: { id: "asc" } })).toHaveLength(2);
});

test("of two of the staff who answer at once, one does", async () => {
  const { name } = await family();
  const { id } = await reported(name);
  const both = await Promise.allSettled([answer(await staff(), id, "nothing"), answer(await staff(), id, "passed-on")]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await world.db.reportAnswer.count({ where: { reportId: id } })).toBe(1);
});

test("whoever reported disagrees once, and somebody else decides then", async () => {
  const { name } = await family();
  const { id } = await reported(name);
  const token = reportToken(world.linkKey, id);
  const [priya, sam] = [await staff(), await staff()];
  expect((await lookAtDisagreeing(world, token))?.state).toBe("over");
  await answer(priya, id, "nothing");
  expect((await lookAtDisagreeing(world, token))?.state).toBe("works");
  await disagree(world, token, "Look at its picture.");
  await expect(disagree(world, token, "And again.")).rejects.toMatchObject({ kind: "changed-meanwhile" });
  await expect(answer(priya, id, "nothing")).rejects.toMatchObject({ say: { key: "staff.errors.reportYours" } });
  await answer(sam, id, "passed-on");
  expect(await describeReport(world, sam, id)).toMatchObject({ decision: "passed-on", dueAt: null });
  expect(await lookAtDisagreeing(world, "guessed")).toBeUndefined();
});

test("nobody but the staff reads or answers a report", async () => {
  const { id } = await reported("smith.family/anna");
  for (const who of [undefined, someone()]) {
    await expect(answer(who, id, "nothing")).rejects.toMatchObject({ kind: "not-found" });
    await expect(letPageOn(world, who, { reportId: id, reason: "Because" })).rejects.toMatchObject({
      kind: "not-found",
    });
    await expect(listReports(world, who)).rejects.toMatchObject({ kind: "not-found" });
    await expect(describeReport(world, who, id)).rejects.toMatchObject({ kind: "not-found" });
    await expect(countReports(world, who)).rejects.toMatchObject({ kind: "not-found" });
  }
});

test("only whoever runs a home or looks after its children reports from it", async () => {
  const { tenantId, owner } = await family();
  const from = (userId: string, runs: boolean) => ({ userId, tenantId, runs });
  const { number } = await makeReport(world, given("@troll:far.example"), from(owner, true));
  expect(await world.db.report.findUnique({ where: { number } })).toMatchObject({ fromId: tenantId, userId: owner });
  for (const runs of [true, false])
    await expect(makeReport(world, given("x"), from(world.ids.id("usr"), runs))).rejects.toMatchObject({
      kind: "not-found",
    });
});

test("a report that nobody answered in time is an alert, until somebody does", async () => {
  const { id } = await reported("smith.family/anna");
  const open = () => world.db.alert.count({ where: { open: `report:${id}` } });
  await keepAlerts(world);
  expect(await open()).toBe(0);
  await world.db.report.update({ where: { id }, data: { dueAt: world.clock.now() } });
  await keepAlerts(world);
  expect(await open()).toBe(1);
  await answer(await staff(), id, "nothing");
  await keepAlerts(world);
  expect(await open()).toBe(0);
});

test("half a year after the answer the words and the mailbox are forgotten, and the case stays", async () => {
  const [old, young] = [await reported("smith.family/anna"), await reported("smith.family/ben")];
  for (const { id } of [old, young]) await answer(await staff(), id, "nothing");
  const [over, notYet] = [daysAfter(world.clock.now(), -184), daysAfter(world.clock.now(), -183)];
  await world.db.report.update({ where: { id: old.id }, data: { answeredAt: over } });
  await world.db.report.update({ where: { id: young.id }, data: { answeredAt: notYet } });
  await forgetReports(world);
  const left = (id: string) => world.db.report.findUnique({ where: { id }, include: { answers: true } });
  expect(await left(old.id)).toMatchObject({ text: null, email: null, about: old.about, answers: [{ nth: 1 }] });
  expect(await left(young.id)).toMatchObject({ text: "That is not her.", email: "friend@post.example" });
  expect((await lookAtDisagreeing(world, reportToken(world.linkKey, old.id)))?.state).toBe("over");
});
