import type { Db } from "@/lib/db.ts";
import type { Journal } from "@/lib/provisioning/journal.ts";
import type { Finding, Reason } from "@/lib/provisioning/step.ts";

/** What the rule on doubt says (lib/provisioning/rule-on-doubt.ts). It speaks when an act is about to begin. */
const ruled = new Set(["refused", "vanished", "doubt", "doubt-twice", "accepted", "accepted-not-visible"]);

/**
 * A look begins no act, so it finds only that the thing is missing. Where the last run was held by an attempt of ours, that
 * stays the finding: a look must not make a step seem free that waits for a person.
 */
export function lookJournal(journal: Journal, db: Db, tenantId: string): Journal {
  return {
    ...journal,
    async record(step, finding, checkAt) {
      const buys = finding.state === "changes" && finding.changes.some((change) => change.once);
      const before = buys ? await db.stepState.findUnique({ where: { tenantId_step: { tenantId, step } } }) : null;
      const held = before ? heldBefore(before) : undefined;
      return held ? journal.record(step, held, before?.checkAt ?? null) : journal.record(step, finding, checkAt);
    },
  };
}

function heldBefore({ state, reason }: { state: string; reason: unknown }): Finding<never> | undefined {
  const known = reason as Reason | null;
  if (!known || !ruled.has(known.code)) return undefined;
  if (state === "blocked") return { state, reason: known };
  // The time of its next look is kept beside; this number is not read.
  return state === "waiting" ? { state, reason: known, checkAfterSeconds: 0 } : undefined;
}
