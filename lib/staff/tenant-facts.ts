import type { StepState, Tenant } from "@/lib/generated/prisma/client.ts";
import { isReasonCode, type ReasonCode } from "@/lib/provisioning/reasons.ts";
import { type StepName, stepNames, type Wholesale } from "@/lib/provisioning/step.ts";
import { restOf } from "@/lib/tenants/read-tenant.ts";
import { leaseIsLive } from "./lock-tenant.ts";

/** A tenant and its steps in the engine's own words. Times are ISO. */
export interface TenantFacts {
  readonly id: string;
  readonly want: string;
  readonly rests: { readonly because: "unpaid" | "ended"; readonly since: string } | null;
  readonly readyAt: string | null;
  readonly handedOverAt: string | null;
  readonly nextCheckAt: string | null;
  /** What a person allowed the name to cost, although it is above a limit. */
  readonly approvedPrice: Wholesale | null;
  /** A worker at this moment. */
  readonly lease: { readonly holder: string; readonly until: string } | null;
}

export interface StaffStep {
  readonly name: StepName;
  /** As the engine keeps it; `none` before the first look. */
  readonly state: "none" | "todo" | "running" | "settled" | "changes" | "waiting" | "blocked";
  readonly code: ReasonCode | null;
  readonly detail: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly since: string | null;
  readonly lookedAt: string | null;
  readonly checkAt: string | null;
}

export function tenantFacts(tenant: Tenant, now: Date): TenantFacts {
  const { leaseHolder, leaseUntil } = tenant;
  const rests = restOf(tenant);
  return {
    id: tenant.id,
    want: tenant.want,
    rests: rests && { because: rests.because, since: rests.since.toISOString() },
    readyAt: tenant.readyAt?.toISOString() ?? null,
    handedOverAt: tenant.handedOverAt?.toISOString() ?? null,
    nextCheckAt: tenant.nextCheckAt?.toISOString() ?? null,
    approvedPrice: tenant.approvedPrice as Wholesale | null,
    lease:
      leaseIsLive(tenant, now) && leaseHolder && leaseUntil
        ? { holder: leaseHolder, until: leaseUntil.toISOString() }
        : null,
  };
}

export function staffSteps(rows: readonly StepState[]): StaffStep[] {
  return stepNames.map((name) => {
    const row = rows.find((one) => one.step === name);
    const reason = (row?.reason ?? {}) as { code?: string; detail?: string };
    return {
      name,
      state: (row?.state ?? "none") as StaffStep["state"],
      code: reason.code !== undefined && isReasonCode(reason.code) ? reason.code : null,
      detail: reason.detail ?? null,
      facts: (row?.facts ?? {}) as StaffStep["facts"],
      since: row?.changedAt.toISOString() ?? null,
      lookedAt: row?.lookedAt.toISOString() ?? null,
      checkAt: row?.checkAt?.toISOString() ?? null,
    };
  });
}
