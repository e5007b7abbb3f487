import type { Db } from "../db.ts";
import { unansweredSince } from "./ask-again.ts";
import type { Lease } from "./lease.ts";
import type { Reason, StepName, Want } from "./step.ts";

export interface Kept {
  readonly step: StepName;
  readonly want: Want;
  readonly finding: { readonly state: string; readonly reason?: Reason; readonly facts?: object };
  readonly checkAt: Date | null;
  readonly now: Date;
  /** Of the line of history, if there is one. */
  readonly lineId: string;
}

/** States on the way to a finding; they are no news for the staff's timeline. */
const onTheWay = ["running", "todo"];

/**
 * Overwrites a step's state, adds a line of history when it changed, and wakes whoever watches the tenant: one statement, for
 * a look at a home does this eight times. The tenant's row is locked, so that a new holder of the lease waits for it. Returns
 * false, and writes nothing, when the lease was lost.
 */
export async function keepFinding(db: Db, { tenantId, fence }: Lease, kept: Kept): Promise<boolean> {
  const { step, want, finding, checkAt, now, lineId } = kept;
  const { state } = finding;
  const reason = JSON.stringify({ ...finding.reason });
  const facts = finding.facts ? JSON.stringify(finding.facts) : null;
  // Kept as it was, begun now, or over: what it was before is known below.
  const [keeps, begun] = [unansweredSince(finding, now, now) !== null, unansweredSince(finding, null, now)];
  const written = await db.$executeRaw`
    WITH held AS (SELECT "id" FROM "Tenant" WHERE "id" = ${tenantId} AND "fence" = ${fence} FOR SHARE),
    news AS (SELECT NOT EXISTS (
      SELECT 1 FROM "StepState" WHERE "tenantId" = ${tenantId} AND "step" = ${step} AND "want" = ${want}
        AND "state" = ${state} AND "reason"->>'code' IS NOT DISTINCT FROM ${reason}::jsonb->>'code') AS "any"),
    kept AS (
      INSERT INTO "StepState" AS before ("tenantId", "step", "want", "state", "reason", "facts", "lookedAt", "changedAt",
        "checkAt", "unansweredSince", "fence")
      SELECT "id", ${step}, ${want}, ${state}, ${reason}::jsonb, ${facts}::jsonb, ${now}::timestamp, ${now}::timestamp,
        ${checkAt}::timestamp, ${begun}::timestamp, ${fence} FROM held
      ON CONFLICT ("tenantId", "step") DO UPDATE SET
        "want" = excluded."want", "state" = excluded."state", "reason" = excluded."reason",
        -- What a step once found stays known while it is looked at again.
        "facts" = coalesce(excluded."facts", before."facts"),
        "lookedAt" = excluded."lookedAt", "checkAt" = excluded."checkAt", "fence" = excluded."fence",
        "changedAt" = CASE WHEN (SELECT "any" FROM news) THEN excluded."changedAt" ELSE before."changedAt" END,
        "unansweredSince" = CASE WHEN NOT ${keeps} THEN NULL WHEN before."want" <> excluded."want" THEN excluded."unansweredSince"
          ELSE coalesce(before."unansweredSince", excluded."unansweredSince") END
      RETURNING "tenantId"),
    line AS (
      INSERT INTO "StepHistory" ("id", "tenantId", "step", "want", "state", "reason", "at")
      SELECT ${lineId}, "tenantId", ${step}, ${want}, ${state}, ${reason}::jsonb, ${now}::timestamp FROM kept, news
      WHERE "any" AND NOT ${onTheWay.includes(state)})
    SELECT CASE WHEN "any" THEN pg_notify('tenant', "tenantId") END FROM kept, news`;
  return written > 0;
}
