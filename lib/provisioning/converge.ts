import type { Clock } from "../clock.ts";
import { inStaffWords, Refused, Unreachable } from "../errors.ts";
import { askAgain } from "./ask-again.ts";
import type { Journal } from "./journal.ts";
import { ruleOnDoubt, ruleOnTaken } from "./rule-on-doubt.ts";
import type { Change, Finding, Known, Policy, Step, StepName, Tenant, Want } from "./step.ts";

export interface Run {
  readonly tenant: Tenant;
  readonly want: Want;
  readonly policy: Policy;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Seconds between the two looks that must find nothing before a doubtful act is tried once more. */
  readonly doubtSeconds: number;
  /** Steps that were told to wait their turn with a vendor: who asks before it comes would go to the end of the queue. */
  readonly turns?: ReadonlyMap<StepName, Finding>;
  /** Since when steps have had no answer. */
  readonly unanswered?: ReadonlyMap<StepName, Date>;
}

/** Brings one step to what is wanted, as far as the policy allows, then looks again. Never reports what it did not see. */
export async function converge<N extends StepName>(step: Step<N>, known: Known, run: Run): Promise<Finding<N>> {
  const { tenant, want, journal } = run;
  try {
    const before = await step.inspect(tenant, want, known);
    const judged = await judge(step.name, before, run);
    if (judged.state !== "changes") return judged;
    const allowed = judged.changes.filter(run.policy);
    if (allowed.length === 0) return judged;
    await journal.record(step.name, { state: "running" }, null);
    const stopped = await makeAll(step.name, allowed, run);
    if (stopped && !(stopped instanceof Refused)) return stopped;
    // A refusal is not believed either: it may come from an earlier try that took effect after all, or say what a look tells better.
    const after = await judge(step.name, await step.inspect(tenant, want, known), run);
    if (after.state !== "changes") return after;
    if (stopped) throw stopped;
    return {
      state: "waiting",
      reason: {
        code: "not-visible-yet",
        detail: `Done, not visible yet: ${allowed.map((one) => one.summary).join(", ")}`,
      },
      checkAfterSeconds: soonSeconds,
    };
  } catch (error) {
    if (error instanceof Refused) return { state: "blocked", reason: { code: "refused", detail: inStaffWords(error) } };
    if (error instanceof Unreachable) return later(error, run.unanswered?.get(step.name), run.clock.now());
    throw error; // a bug: the job fails loudly
  }
}

/** Asked to wait, by the vendor or by our own budget of its calls, we do, and the customer hears for how long. */
function later(error: Unreachable, since: Date | undefined, now: Date): Finding<never> {
  const { retryAfterSeconds } = error.vendor;
  const detail = inStaffWords(error);
  if (retryAfterSeconds === undefined) return askAgain({ code: "unreachable", detail }, since, now);
  const minutes = Math.max(1, Math.ceil(retryAfterSeconds / 60));
  return {
    state: "waiting",
    reason: { code: "busy", detail, say: { key: "reasons.of.busy.doing", values: { minutes } } },
    checkAfterSeconds: Math.max(1, retryAfterSeconds),
  };
}

/** Vendors list what they did within seconds. */
const soonSeconds = 2;

/** What a look means once our own open attempts are taken into account. */
async function judge<N extends StepName>(step: N, finding: Finding<N>, run: Run): Promise<Finding<N>> {
  if (finding.state === "settled") await run.journal.seen(step);
  if (finding.state !== "blocked" || !finding.unlessOurs) return finding;
  return ruleOnTaken(await run.journal.lastOnce(step), finding.reason, run) ?? finding;
}

/** Makes changes in their order, up to one that may not be made now or is refused: returns that finding or the refusal. */
async function makeAll(
  step: StepName,
  changes: readonly Change[],
  run: Run,
): Promise<Finding<never> | Refused | undefined> {
  for (const change of changes) {
    try {
      const held = await make(step, change, run);
      if (held) return held;
    } catch (error) {
      if (error instanceof Refused) return error;
      throw error;
    }
  }
  return undefined;
}

/** Makes one change, written down first. Returns a finding when the change may not be made now. */
async function make(step: StepName, change: Change, run: Run): Promise<Finding<never> | undefined> {
  const { journal } = run;
  if (change.once) {
    const held = await ruleOnDoubt(step, change, run);
    if (held) return held;
  }
  const attempt = await journal.begin(step, change);
  try {
    await change.run();
  } catch (error) {
    if (error instanceof Refused) await journal.end(attempt, "refused", inStaffWords(error));
    if (error instanceof Unreachable)
      await journal.end(attempt, error.effect === "none" ? "not-done" : "doubt", inStaffWords(error));
    throw error; // any other error leaves the attempt open; the next look decides
  }
  await journal.end(attempt, "accepted");
  return undefined;
}
