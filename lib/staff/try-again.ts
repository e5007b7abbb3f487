import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Tx } from "@/lib/db.ts";
import type { Said } from "@/lib/errors.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import type { StepName } from "@/lib/provisioning/step.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { clearable } from "./clearable.ts";
import { leaseIsLive, lockTenant } from "./lock-tenant.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

export interface TryAgain {
  readonly tenantId: string;
  /** Only this step's attempts are put aside; without it those of every blocked step. */
  readonly step?: StepName;
  readonly reason: string;
}

/**
 * Puts aside what stands in the way and asks the workers to look and do what is missing. While a worker is in the middle
 * of an act it changes nothing. Returns what came of it, as the audit log has it.
 */
export async function tryAgain(world: World, who: SignedIn | undefined, asked: TryAgain): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { tenantId } = asked;
  const outcome = await world.db.$transaction(async (tx) => {
    const tenant = await lockTenant(tx, tenantId);
    const done = await putAside(tx, world, tenant, asked.step);
    await writeAudit(tx, world, { staffId: staff.userId, act: "try-again", subject: tenantId, reason, outcome: done });
    return done;
  });
  if (outcome.key !== busy) await world.ring({ kind: "tenant", tenantId });
  return outcome;
}

const busy = "staff.outcome.busy";

async function putAside(tx: Tx, world: World, tenant: Tenant, step: StepName | undefined): Promise<Said> {
  const now = world.clock.now();
  const live = leaseIsLive(tenant, now);
  if (live && (await tx.attempt.count({ where: { tenantId: tenant.id, outcome: "running" } })) > 0)
    return { key: busy, values: { until: tenant.leaseUntil?.toISOString() ?? "" } };
  const aside = await clearable(tx, tenant.id, step, live);
  await tx.attempt.updateMany({
    where: { id: { in: aside.map((one) => one.id) } },
    data: { outcome: "cleared", endedAt: now },
  });
  await pokeTenant(tx, world, tenant.id);
  return { key: "staff.outcome.tryAgain", values: { n: aside.length } };
}
