import type { StepState } from "@/lib/generated/prisma/client.ts";
import { codesThat, isReasonCode, type ReasonCode } from "@/lib/provisioning/reasons.ts";
import { type StepName, stepNames } from "@/lib/provisioning/step.ts";

/** One step as a page shows it. Its sentence is `watch.steps.NAME.STATE` in the catalogue. */
export interface StepView {
  readonly name: StepName;
  readonly state: "done" | "running" | "waiting" | "blocked" | "todo";
  /** Why, for a program. */
  readonly code: ReasonCode | null;
  /** For staff only: vendor, call, answer. */
  readonly detail: string | null;
  readonly values: Readonly<Record<string, string | number>>;
  /** When this state began, ISO. */
  readonly since: string | null;
  readonly lookedAt: string | null;
  readonly checkAt: string | null;
}

const shown: Record<string, StepView["state"]> = {
  settled: "done",
  running: "running",
  changes: "running",
  waiting: "waiting",
  blocked: "blocked",
  todo: "todo",
};

/** Codes of a step that is simply at work: people see "under way", not "waiting". */
export const atWork: ReadonlySet<string> = new Set(codesThat((kind) => kind.atWork === true));

/** All eight steps in their order, those not begun included. */
export function describeSteps(rows: readonly StepState[]): StepView[] {
  return stepNames.map((name) => {
    const row = rows.find((one) => one.step === name);
    const reason = (row?.reason ?? {}) as {
      code?: string;
      detail?: string;
      say?: { values?: Record<string, string | number> };
    };
    const state = shown[row?.state ?? "todo"] ?? "todo";
    return {
      name,
      state: state === "waiting" && atWork.has(reason.code ?? "") ? "running" : state,
      code: reason.code !== undefined && isReasonCode(reason.code) ? reason.code : null,
      detail: reason.detail ?? null,
      values: reason.say?.values ?? {},
      since: row?.changedAt.toISOString() ?? null,
      lookedAt: row?.lookedAt.toISOString() ?? null,
      checkAt: row?.checkAt?.toISOString() ?? null,
    };
  });
}
