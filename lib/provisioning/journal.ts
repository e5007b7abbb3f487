import type { Clock } from "../clock.ts";
import type { Db, Tx } from "../db.ts";
import type { Ids } from "../ids.ts";
import { unansweredSince } from "./ask-again.ts";
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

/** Runs `work` in a transaction that is certain to hold the lease; takes a row lock, so that a new holder waits for us. */
async function fenced<T>(tools: JournalTools, lease: Lease, work: (tx: Tx) => Promise<T>): Promise<T> {
  return tools.db.$transaction(async (tx) => {
    const held = await tx.$queryRaw<
      { fence: bigint }[]
    >`SELECT "fence" FROM "Tenant" WHERE "id" = ${lease.tenantId} AND "fence" = ${lease.fence} FOR SHARE`;
    if (held.length === 0) throw new LeaseLost(`The lease on ${lease.tenantId} was lost`);
    return work(tx);
  });
}

export function openJournal(tools: JournalTools, lease: Lease, want: Want): Journal {
  const { db, clock, ids } = tools;
  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => fenced(tools, lease, work);
  const change = (id: string, data: object) => write((tx) => tx.attempt.update({ where: { id }, data }));

  return {
    lastOnce: (step) => lastOnce(db, lease, step),
    async begin(step, { verb, summary, once = false }) {
      const [id, startedAt] = [ids.id("att"), clock.now()];
      const data = { id, ...lease, step, want, startedAt, verb, summary, once, outcome: "running" };
      await write((tx) => tx.attempt.create({ data }));
      return id;
    },
    async end(id, outcome, detail) {
      await change(id, { outcome, detail: detail ?? null, endedAt: clock.now() });
    },
    async countLook(id) {
      await change(id, { looks: { increment: 1 }, lastLook: clock.now() });
    },
    async giveUp(id) {
      await change(id, { outcome: "given-up", endedAt: clock.now() });
    },
    async seen(step) {
      const open = { tenantId: lease.tenantId, step, once: true, outcome: { in: [...openOutcomes] } };
      if ((await db.attempt.count({ where: open })) === 0) return;
      await write((tx) => tx.attempt.updateMany({ where: open, data: { outcome: "seen", endedAt: clock.now() } }));
    },
    async record(step, finding, checkAt) {
      await write((tx) => keepFinding(tx, { tools, lease, want, step, checkAt }, finding));
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

interface Keeping {
  readonly tools: JournalTools;
  readonly lease: Lease;
  readonly want: Want;
  readonly step: StepName;
  readonly checkAt: Date | null;
}

/** Overwrites the step's state, adds a line of history when it changed, and wakes whoever watches the tenant. */
async function keepFinding(
  tx: Tx,
  keeping: Keeping,
  finding: { state: string; reason?: Reason; facts?: object },
): Promise<void> {
  const { tools, lease, want, step, checkAt } = keeping;
  const { tenantId, fence } = lease;
  const now = tools.clock.now();
  const before = await tx.stepState.findUnique({ where: { tenantId_step: { tenantId, step } } });
  const reason: object = { ...finding.reason };
  const same =
    before?.state === finding.state && before.want === want && codeOf(before.reason) === (finding.reason?.code ?? null);
  const data = {
    want,
    state: finding.state,
    reason,
    lookedAt: now,
    changedAt: same ? before.changedAt : now,
    checkAt,
    unansweredSince: unansweredSince(finding, before?.want === want ? before.unansweredSince : null, now),
    fence,
    // What a step once found stays known while it is looked at again.
    ...(finding.facts ? { facts: finding.facts } : {}),
  };
  await tx.stepState.upsert({
    where: { tenantId_step: { tenantId, step } },
    create: { tenantId, step, ...data },
    update: data,
  });
  if (same) return;
  const line = { id: tools.ids.id("his"), tenantId, step, want, state: finding.state, reason, at: now };
  if (finding.state !== "running" && finding.state !== "todo") await tx.stepHistory.create({ data: line });
  await tx.$executeRaw`SELECT pg_notify('tenant', ${tenantId})`;
}

const codeOf = (reason: unknown): string | null =>
  typeof reason === "object" && reason !== null && "code" in reason && typeof reason.code === "string"
    ? reason.code
    : null;
