import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { markLeft } from "@/lib/households/note-left.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { lockTenant } from "./lock-tenant.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** Whether a home that stood has no name at the registrar any more, as far as we have looked. */
export async function isMissing(
  db: Pick<Tx, "stepState" | "nameDifference">,
  { id: tenantId, name, want, readyAt, nameLeftAt }: Tenant,
): Promise<boolean> {
  if (want !== "present" || !readyAt || nameLeftAt) return false;
  const unsettled = { tenantId, step: "domain", want: "present", state: { in: ["blocked", "changes"] } };
  if ((await db.stepState.count({ where: unsettled })) > 0) return true;
  return (await db.nameDifference.count({ where: { name, what: "missing" } })) > 0;
}

/**
 * A name that is missing at the registrar has left with its family, which a person found out: our database was set back to before
 * they asked, or they went another way. Only of one that is missing. From then on nothing here buys it or misses it.
 */
export async function sayNameLeft(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly tenantId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { tenantId } = asked;
  const outcome: Said = { key: "staff.outcome.nameLeft" };
  await world.db.$transaction(async (tx) => {
    const tenant = await lockTenant(tx, tenantId);
    if (!(await isMissing(tx, tenant)))
      throw new NameplateError("changed-meanwhile", `${tenant.name} is not missing`, { key: "staff.errors.gone" });
    await markLeft(tx, world, tenantId);
    await pokeTenant(tx, world, tenantId);
    await writeAudit(tx, world, { staffId: staff.userId, act: "say-name-left", subject: tenantId, reason, outcome });
  });
  await world.ring({ kind: "tenant", tenantId });
  await world.ring({ kind: "mail" });
  return outcome;
}
