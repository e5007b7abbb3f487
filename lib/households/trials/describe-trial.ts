import type { World } from "@/lib/world.ts";
import type { Member } from "../access.ts";
import { childOf } from "../rules/child-of.ts";
import { mostADay, triedLately } from "./ask-for-trial.ts";
import { type Result, resultsShape } from "./result.ts";

/** The latest trial of a child's rules. Times are ISO. */
export interface TrialView {
  readonly state: "none" | "wanted" | "running" | "done" | "failed";
  /** Attempts that were made so far. */
  readonly tried: number;
  /** In the order in which they were made; empty until all were. */
  readonly results: readonly Result[];
  readonly doneAt: string | null;
  /** Whether rules were decided since it was done. */
  readonly outdated: boolean;
  /** Whether another may be asked for today. */
  readonly more: boolean;
}

export async function describeTrial(
  { db, clock }: Pick<World, "db" | "clock">,
  who: Member,
  personId: string,
): Promise<TrialView> {
  const { child } = await childOf({ db }, who, personId);
  const more = (await triedLately(db, child.id, clock.now())) < mostADay;
  const trial = await db.trial.findFirst({
    where: { personId: child.id },
    orderBy: [{ askedAt: "desc" }, { id: "desc" }],
  });
  if (!trial) return { state: "none", tried: 0, results: [], doneAt: null, outdated: false, more };
  const { state, tried, results, doneAt } = trial;
  const [rule] = child.rules;
  return {
    state: state as TrialView["state"],
    tried,
    results: resultsShape.parse(results ?? []),
    doneAt: doneAt?.toISOString() ?? null,
    outdated: doneAt !== null && rule !== undefined && rule.at > doneAt,
    more,
  };
}
