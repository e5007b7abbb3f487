import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Report, ReportAnswer } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import type { Decision } from "./answer-report.ts";
import { staffOf } from "./staff-of.ts";

/** One case of the list. Times are ISO. */
export interface ReportLine {
  readonly id: string;
  readonly number: number;
  readonly about: string;
  readonly kind: "pretends" | "unkind" | "else";
  readonly at: string;
  /** None when nothing is to be answered. */
  readonly dueAt: string | null;
  readonly decision: Decision | null;
}

export interface ReportView extends ReportLine {
  readonly text: string | null;
  readonly email: string | null;
  /** Its words and its mailbox are forgotten. */
  readonly forgotten: boolean;
  readonly fromFamily: string | null;
  readonly home: { readonly tenantId: string; readonly name: string } | null;
  /** The page it is about, where somebody lives there. */
  readonly person: { readonly page: string; readonly up: boolean; readonly barred: boolean } | null;
  readonly appeal: { readonly at: string; readonly text: string | null } | null;
  readonly answers: readonly {
    readonly at: string;
    readonly by: string;
    readonly decision: Decision;
    readonly reason: string;
  }[];
  /** Of the same home, the newest first. */
  readonly earlier: readonly ReportLine[];
}

/** A page of them; whoever has more has another trouble. */
const most = 100;

type Row = Report & { readonly answers: readonly ReportAnswer[] };
const withAnswers = { answers: { orderBy: { nth: "asc" } } } as const;

const lineOf = ({ id, number, about, kind, at, dueAt, answers }: Row): ReportLine => ({
  ...{ id, number, about, kind: kind as ReportLine["kind"], at: at.toISOString(), dueAt: dueAt?.toISOString() ?? null },
  decision: (answers.at(-1)?.decision as Decision | undefined) ?? null,
});

/** Of everybody or of one home: what is open first, and of that what is due first; then what was answered, the newest first. */
export async function listReports(
  world: Pick<World, "db" | "clock">,
  who: SignedIn | undefined,
  { tenantId }: { readonly tenantId?: string } = {},
): Promise<ReportLine[]> {
  await staffOf(world, who);
  const rows = await world.db.report.findMany({
    where: tenantId === undefined ? {} : { tenantId },
    include: withAnswers,
    orderBy: [{ dueAt: { sort: "asc", nulls: "last" } }, { at: "desc" }, { id: "asc" }],
    take: most,
  });
  return rows.map(lineOf);
}

/** How many wait for an answer, for the bar above every staff page. */
export async function countReports(world: Pick<World, "db" | "clock">, who: SignedIn | undefined): Promise<number> {
  await staffOf(world, who);
  return world.db.report.count({ where: { dueAt: { not: null } } });
}

/** One case with all that is known of it. */
export async function describeReport(
  world: Pick<World, "db" | "clock">,
  who: SignedIn | undefined,
  reportId: string,
): Promise<ReportView> {
  await staffOf(world, who);
  const { db } = world;
  const report = await db.report.findUnique({ where: { id: reportId }, include: withAnswers });
  if (!report) throw new NameplateError("not-found", `No report ${reportId}`);
  const { tenantId, fromId, text, email, appealedAt, appeal } = report;
  const [homes, earlier, staff] = await Promise.all([
    db.tenant.findMany({ where: { id: { in: [tenantId ?? "", fromId ?? ""] } } }),
    tenantId
      ? db.report.findMany({
          where: { tenantId, id: { not: report.id } },
          include: withAnswers,
          orderBy: [{ at: "desc" }, { id: "asc" }],
          take: most,
        })
      : [],
    db.staffMember.findMany({ where: { userId: { in: report.answers.map(({ by }) => by) } } }),
  ]);
  const nameOf = (id: string | null): string | undefined => homes.find((one) => one.id === id)?.name;
  const name = nameOf(tenantId);
  return {
    ...lineOf(report),
    ...{ text, email, forgotten: report.forgottenAt !== null, fromFamily: nameOf(fromId) ?? null },
    home: tenantId && name ? { tenantId, name } : null,
    person: name ? await personIn(db, report, name) : null,
    appeal: appealedAt ? { at: appealedAt.toISOString(), text: appeal } : null,
    answers: report.answers.map(({ at, by, decision, reason }) => ({
      ...{ at: at.toISOString(), decision: decision as Decision, reason },
      by: staff.find(({ userId }) => userId === by)?.name ?? by,
    })),
    earlier: earlier.map(lineOf),
  };
}

async function personIn(db: World["db"], { personId }: Report, name: string): Promise<ReportView["person"]> {
  const person = personId ? await db.person.findUnique({ where: { id: personId } }) : null;
  if (!person) return null;
  return { page: `${name}/${person.part}`, up: person.page, barred: person.pageBarredAt !== null };
}
