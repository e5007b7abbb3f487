import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { Report } from "@/lib/generated/prisma/client.ts";
import { tellParents } from "@/lib/households/tell-parents.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { type Staff, staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** What a report can come to. `passed-on`: to whoever it is for, such as another server's people or the police. */
export const decisions = ["page-off", "passed-on", "nothing"] as const;
export type Decision = (typeof decisions)[number];

interface Answer {
  readonly reportId: string;
  readonly decision: Decision;
  /** Sent to whoever reported, and kept in the audit log. */
  readonly reason: string;
}

const refused = (key: string) => new NameplateError("changed-meanwhile", `Not answered: ${key}`, { key });

/** Answers a report, once each time it is open: takes the page off where that is decided, and tells both why. */
export async function answerReport(world: World, who: SignedIn | undefined, asked: Answer): Promise<Said> {
  const staff = await staffOf(world, who);
  const answer = { ...asked, reason: readReason(asked.reason) };
  const outcome: Said = { key: `staff.outcome.report-${answer.decision}` };
  const tenantId = await world.db.$transaction(async (tx) => {
    const report = await lockReport(tx, asked.reportId);
    const nth = await nextAnswer(tx, report, staff);
    const { decision, reason } = answer;
    await tx.reportAnswer.create({
      data: { reportId: report.id, nth, decision, reason, at: world.clock.now(), by: staff.userId },
    });
    await tx.report.update({ where: { id: report.id }, data: { dueAt: null, answeredAt: world.clock.now() } });
    const home = decision === "page-off" ? await takeOff(tx, world, report, nth) : null;
    await tellReporter(tx, world, report, nth);
    const subject = report.tenantId ?? report.id;
    await writeAudit(tx, world, { staffId: staff.userId, act: `report-${decision}`, subject, reason, outcome });
    return home;
  });
  if (tenantId) await world.ring({ kind: "tenant", tenantId });
  await world.ring({ kind: "mail" });
  return outcome;
}

export async function lockReport(tx: Tx, reportId: string): Promise<Report> {
  await tx.$queryRaw`SELECT 1 FROM "Report" WHERE "id" = ${reportId} FOR UPDATE`;
  const report = await tx.report.findUnique({ where: { id: reportId } });
  if (!report) throw new NameplateError("not-found", `No report ${reportId}`);
  return report;
}

/** Which answer this is. Whoever is disagreed with does not decide again, where there is somebody else. */
async function nextAnswer(tx: Tx, report: Report, { userId }: Staff): Promise<number> {
  if (!report.dueAt) throw refused("staff.errors.reportAnswered");
  const before = await tx.reportAnswer.findMany({ where: { reportId: report.id } });
  const others = before.some(({ by }) => by === userId) ? await tx.staffMember.count() : 1;
  if (others > 1) throw refused("staff.errors.reportYours");
  return before.length + 1;
}

/** The family cannot put it up again before one of us lets them. Its people are told why, and never who reported. */
async function takeOff(tx: Tx, world: World, { id, personId, tenantId }: Report, nth: number): Promise<string> {
  const person = personId ? await tx.person.findUnique({ where: { id: personId } }) : null;
  if (!person || !tenantId) throw refused("staff.errors.reportNoPage");
  await tx.person.update({ where: { id: person.id }, data: { page: false, pageBarredAt: world.clock.now() } });
  await pokeTenant(tx, world, tenantId);
  const mail = {
    cause: `page-off:${id}:${nth}`,
    kind: "page-off" as const,
    values: { reportId: id, nth: String(nth) },
  };
  if (person.kind === "child") await tellParents(tx, world, tenantId, mail);
  else {
    const home = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, include: { order: true } });
    const to = new Set([home.order.email ?? "", person.email ?? ""].map((one) => one.toLowerCase()));
    for (const one of to) await wantMail(tx, world, { ...mail, cause: `${mail.cause}:${one}`, to: one });
  }
  return tenantId;
}

const tellReporter = (tx: Tx, world: World, { id, email }: Report, nth: number): Promise<void> =>
  wantMail(tx, world, {
    cause: `report-answered:${id}:${nth}`,
    kind: "report-answered",
    to: email ?? "",
    values: { reportId: id, nth: String(nth) },
  });
