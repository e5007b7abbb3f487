import type { Clock } from "../clock.ts";
import type { Db } from "../db.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { Ids } from "../ids.ts";
import { keepFinding } from "./keep-finding.ts";
import type { Lease } from "./lease.ts";
import type { Change, Finding, Reason, StepName, Want } from "./step.ts";

/** The newest `once` attempt of a step, as far as the rule on doubt needs to know it. */
export interface OpenAttempt {
  readonly id: string;
  readonly outcome: Outcome | "running" | "seen" | "given-up" | "cleared";
  readonly detail: string | null;
  readonly looks: number;
  readonly lastLook: Date | null;
  readonly startedAt: Date;
  /** Attempts before this one that were given up by ourselves after a doubt. */
  readonly givenUp: number;
}

export type Outcome = "accepted" | "refused" | "doubt" | "not-done";

/** Durable memory of what was begun. Every write carries the lease: a worker that lost its lease writes nothing. */
export interface Journal {
  lastOnce(step: StepName): Promise<OpenAttempt | undefined>;
  /** Committed before the change runs. Returns the attempt's id. */
  begin(step: StepName, change: Change): Promise<string>;
  end(attemptId: string, outcome: Outcome, detail?: string): Promise<void>;
  /** A look found neither the thing nor anything on its way. */
  countLook(attemptId: string): Promise<void>;
  /** The attempt did nothing, as far as can be known: another may begin. */
  giveUp(attemptId: string): Promise<void>;
  /** The thing was seen: the step's open attempts close. */
  seen(step: StepName): Promise<void>;
  /** Keeps the finding for pages, staff and the next run; `running` while changes are being made. */
  record(
    step: StepName,
    finding: Finding | { state: "running" | "todo"; reason?: Reason },
    checkAt: Date | null,
  ): Promise<void>;
}

export interface JournalTools {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Somebody else holds this tenant now: nothing more may be written. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

const lost = ({ tenantId }: Lease) => new LeaseLost(`The lease on ${tenantId} was lost`);

/**
 * One statement that writes only while the lease is held; it takes a row lock, so that a new holder waits for it. `write` has what
 * is held in "held".
 */
async function fenced({ db }: JournalTools, lease: Lease, write: Prisma.Sql): Promise<void> {
  const held = await db.$executeRaw`
    WITH held AS (SELECT "id" FROM "Tenant" WHERE "id" = ${lease.tenantId} AND "fence" = ${lease.fence} FOR SHARE),
    written AS (${write})
    SELECT "id" FROM held`;
  if (held === 0) throw lost(lease);
}

export function openJournal(tools: JournalTools, lease: Lease, want: Want): Journal {
  const { db, clock, ids } = tools;
  const write = (sql: Prisma.Sql): Promise<void> => fenced(tools, lease, sql);
  const change = (id: string, to: Prisma.Sql) =>
    write(Prisma.sql`UPDATE "Attempt" SET ${to} FROM held WHERE "Attempt"."id" = ${id}`);
  const open = { tenantId: lease.tenantId, once: true, outcome: { in: [...openOutcomes] } };
  // Asked once a run, not at each step: whoever holds the lease is the only one to begin an act.
  const begun = new Set<string>();
  let left: Promise<Set<string>> | undefined;
  const leftOpen = async (): Promise<Set<string>> =>
    new Set((await db.attempt.findMany({ where: open, select: { step: true } })).map((one) => one.step));

  return {
    lastOnce: (step) => lastOnce(db, lease, step),
    async begin(step, { verb, summary, once = false }) {
      const id = ids.id("att");
      if (once) begun.add(step);
      await write(Prisma.sql`
        INSERT INTO "Attempt" ("id", "tenantId", "fence", "step", "want", "startedAt", "verb", "summary", "once", "outcome")
        SELECT ${id}, held."id", ${lease.fence}, ${step}, ${want}, ${clock.now()}::timestamp, ${verb}, ${summary}, ${once}, 'running'
        FROM held`);
      return id;
    },
    async end(id, outcome, detail) {
      const to = Prisma.sql`"outcome" = ${outcome}, "detail" = ${detail ?? null}, "endedAt" = ${clock.now()}::timestamp`;
      await change(id, to);
    },
    async countLook(id) {
      await change(id, Prisma.sql`"looks" = "looks" + 1, "lastLook" = ${clock.now()}::timestamp`);
    },
    async giveUp(id) {
      await change(id, Prisma.sql`"outcome" = 'given-up', "endedAt" = ${clock.now()}::timestamp`);
    },
    async seen(step) {
      if (!begun.has(step)) {
        left ??= leftOpen();
        if (!(await left).has(step)) return;
      }
      await write(Prisma.sql`UPDATE "Attempt" SET "outcome" = 'seen', "endedAt" = ${clock.now()}::timestamp FROM held
        WHERE "tenantId" = held."id" AND "step" = ${step} AND "once" AND "outcome" = ANY(${[...openOutcomes]})`);
    },
    async record(step, finding, checkAt) {
      const kept = { step, want, finding, checkAt, now: clock.now(), lineId: ids.id("his") };
      if (!(await keepFinding(db, lease, kept))) throw lost(lease);
    },
  };
}

/** What a look closes when it sees the thing: a refusal, too, may have come after an earlier try took effect. */
const openOutcomes = ["running", "accepted", "doubt", "given-up", "refused"] as const;

async function lastOnce(db: Db, { tenantId }: Lease, step: StepName): Promise<OpenAttempt | undefined> {
  const where = { tenantId, step, once: true };
  const last = await db.attempt.findFirst({ where, orderBy: [{ startedAt: "desc" }, { id: "desc" }] });
  if (!last) return undefined;
  const givenUp = await db.attempt.count({ where: { ...where, outcome: "given-up" } });
  return { ...last, outcome: last.outcome as OpenAttempt["outcome"], givenUp };
}
