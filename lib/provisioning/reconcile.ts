import { secondsAfter } from "../clock.ts";
import { askAgain } from "./ask-again.ts";
import { converge, type Run } from "./converge.ts";
import { LeaseLost } from "./journal.ts";
import type { Facts, Finding, Known, Reason, Step, StepName } from "./step.ts";

export interface Report {
  readonly findings: ReadonlyMap<StepName, Finding>;
  /** Errors that no adapter may report: bugs. The steps they hit are waiting; the caller fails the job with them. */
  readonly bugs: readonly unknown[];
  /** When to look next; null when only a person can move this on. */
  readonly nextCheckAt: Date | null;
}

/** A finished home is looked at this often. */
const routineSeconds = 3600;

/** Brings a tenant to what is wanted. Steps that do not need each other run side by side. */
export async function reconcile(steps: readonly Step[], stored: Known, run: Run): Promise<Report> {
  const known: { [N in StepName]?: Facts[N] } = { ...stored };
  const bugs: unknown[] = [];
  const running = new Map<StepName, Promise<Finding>>();

  const settle = (step: Step): Promise<Finding> => {
    const begun = running.get(step.name) ?? walk(step);
    running.set(step.name, begun);
    return begun;
  };

  async function walk(step: Step): Promise<Finding> {
    const needed = await Promise.all(
      step.needs[run.want].map(async (name) => ({ name, finding: await settle(stepNamed(steps, name)) })),
    );
    const held = needed.find(({ finding }) => finding.state !== "settled");
    if (held) {
      const reason = { code: "needs", detail: `Waits for ${held.name}` } as const;
      await run.journal.record(step.name, { state: "todo", reason }, null);
      return { state: "waiting", reason, checkAfterSeconds: routineSeconds };
    }
    const turn = run.turns?.get(step.name);
    if (turn) return turn;
    const finding = await converge(step, known, run).catch((error: unknown): Finding => {
      if (error instanceof LeaseLost) throw error;
      bugs.push(error);
      return askAgain(bugReason(error), run.unanswered?.get(step.name), run.clock.now());
    });
    if (finding.state === "settled") Object.assign(known, { [step.name]: finding.facts });
    await run.journal.record(step.name, finding, checkAt(finding, run));
    return finding;
  }

  const found = await Promise.all(steps.map(async (step) => [step.name, await settle(step)] as const));
  const findings = new Map<StepName, Finding>(found);
  return { findings, bugs, nextCheckAt: earliest([...findings.values()], run) };
}

const bugReason = (error: unknown): Reason => ({
  code: "bug",
  detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
});

function stepNamed(steps: readonly Step[], name: StepName): Step {
  const step = steps.find((one) => one.name === name);
  if (!step) throw new Error(`No step is called ${name}`);
  return step;
}

function checkAt(finding: Finding, run: Run): Date | null {
  const seconds =
    finding.state === "settled" || finding.state === "changes" ? routineSeconds : finding.checkAfterSeconds;
  return seconds === undefined ? null : secondsAfter(run.clock.now(), seconds);
}

/** A step that waits for another has no time of its own; a blocked one has only what it asks for. */
function earliest(findings: readonly Finding[], run: Run): Date | null {
  const times = findings
    .filter((finding) => !(finding.state === "waiting" && finding.reason.code === "needs"))
    .map((finding) => checkAt(finding, run))
    .filter((at): at is Date => at !== null);
  return times.length === 0 ? null : new Date(Math.min(...times.map((at) => at.getTime())));
}
