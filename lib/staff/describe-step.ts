import { isDeepStrictEqual } from "node:util";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Attempt, StepHistory } from "@/lib/generated/prisma/client.ts";
import { describeOrderProgress, type WatchView } from "@/lib/orders/describe-watch.ts";
import { reasons } from "@/lib/provisioning/reasons.ts";
import { type StepName, stepNames } from "@/lib/provisioning/step.ts";
import type { World } from "@/lib/world.ts";
import { overrulable } from "./allow-purchase.ts";
import { clearable } from "./clearable.ts";
import { leaseIsLive } from "./lock-tenant.ts";
import { staffOf } from "./staff-of.ts";
import { type StaffStep, staffSteps, type TenantFacts, tenantFacts } from "./tenant-facts.ts";

/** One step of one family. Times are ISO. */
export interface StepDetail {
  readonly tenant: TenantFacts;
  readonly name: string;
  /** The order's. */
  readonly number: number;
  readonly step: StaffStep;
  /** What staff should press, by the step's reason; null while it has none. */
  readonly press: "wait" | "owner" | "look" | "try-again" | "allow-purchase" | null;
  /** Newest first. */
  readonly attempts: readonly AttemptLine[];
  readonly findings: readonly {
    readonly key: string;
    readonly at: string;
    readonly state: string;
    readonly detail: string | null;
  }[];
  /** What "Try again" would put aside at this moment. */
  readonly aside: number;
  /** One of our limits holds the purchase back, and a person may say yes. */
  readonly mayAllow: boolean;
  /** Where the registrar writes to. */
  readonly email: string | null;
  /** What the buyer sees meanwhile; null once the home is ready. */
  readonly watch: WatchView | null;
}

export interface AttemptLine {
  readonly key: string;
  readonly at: string;
  readonly verb: string;
  readonly once: boolean;
  readonly summary: string;
  readonly outcome: string;
  readonly detail: string | null;
  readonly endedAt: string | null;
  readonly looks: number;
}

/** The newest of each; older ones are in the family's timeline. */
const most = 50;

export const isStepName = (word: string): word is StepName => stepNames.some((name) => name === word);

export async function describeStep(
  world: World,
  who: SignedIn | undefined,
  which: { readonly tenantId: string; readonly step: string },
): Promise<StepDetail> {
  await staffOf(world, who);
  const { db, clock } = world;
  const { tenantId, step } = which;
  const tenant = isStepName(step)
    ? await db.tenant.findUnique({ where: { id: tenantId }, include: { steps: true, order: true } })
    : null;
  const state = tenant ? staffSteps(tenant.steps).find((one) => one.name === step) : undefined;
  if (!tenant || !state) throw new NameplateError("not-found", "No such step");
  const [attempts, history, aside] = await Promise.all([
    db.attempt.findMany({ where: { tenantId, step }, orderBy: { startedAt: "desc" }, take: most }),
    db.stepHistory.findMany({ where: { tenantId, step }, orderBy: { at: "desc" }, take: most }),
    clearable(db, tenantId, state.name, leaseIsLive(tenant, clock.now())),
  ]);
  return {
    tenant: tenantFacts(tenant, clock.now()),
    name: tenant.name,
    number: tenant.order.number,
    step: state,
    press: pressOf(state),
    attempts: attempts.map(attemptLine),
    findings: history.filter(changed).map((one) => ({
      key: one.id,
      at: one.at.toISOString(),
      state: one.state,
      detail: (one.reason as { detail?: string } | null)?.detail ?? null,
    })),
    aside: aside.length,
    mayAllow: step === "domain" && state.state === "blocked" && overrulable.some((code) => code === state.code),
    email: tenant.order.email,
    watch: tenant.readyAt ? null : await describeOrderProgress(world, tenant.order),
  };
}

/** A look in between that was only under way is none: what is found as before is no news. */
function changed(one: StepHistory, at: number, newestFirst: readonly StepHistory[]): boolean {
  const before = newestFirst[at + 1];
  return before?.state !== one.state || !isDeepStrictEqual(before.reason, one.reason);
}

const attemptLine = (one: Attempt): AttemptLine => ({
  key: one.id,
  at: one.startedAt.toISOString(),
  verb: one.verb,
  once: one.once,
  summary: one.summary,
  outcome: one.outcome,
  detail: one.detail,
  endedAt: one.endedAt?.toISOString() ?? null,
  looks: one.looks,
});

function pressOf({ state, code }: StaffStep): StepDetail["press"] {
  if (code === null || state === "settled") return null;
  const { mover, press } = reasons[code];
  if (mover === "staff") return press;
  return mover === "owner" ? "owner" : "wait";
}
