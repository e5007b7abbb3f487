import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import { codesThat } from "@/lib/provisioning/reasons.ts";
import type { Reason } from "@/lib/provisioning/step.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { lockTenant } from "./lock-tenant.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** Findings of the domain step that a person may overrule: money of ours that cannot come back. */
export const overrulable = codesThat((kind) => kind.press === "allow-purchase");

/** Says yes to a purchase that one of our limits holds back, at the price it has now: a higher one asks again. */
export async function allowPurchase(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly tenantId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { tenantId } = asked;
  const outcome = await world.db.$transaction(async (tx) => {
    await lockTenant(tx, tenantId);
    const domain = await tx.stepState.findUnique({ where: { tenantId_step: { tenantId, step: "domain" } } });
    const held = (domain?.reason ?? {}) as Partial<Reason>;
    if (domain?.state !== "blocked" || !held.offer || !overrulable.some((code) => code === held.code))
      throw new NameplateError("changed-meanwhile", "Nothing holds the purchase back", {
        key: "staff.errors.nothingHeld",
      });
    const said: Said = { key: "staff.outcome.allowed", values: { held: held.detail ?? "" } };
    await tx.tenant.update({ where: { id: tenantId }, data: { approvedPrice: { ...held.offer } } });
    await pokeTenant(tx, world, tenantId);
    await writeAudit(tx, world, {
      staffId: staff.userId,
      act: "allow-purchase",
      subject: tenantId,
      reason,
      outcome: said,
    });
    return said;
  });
  await world.ring({ kind: "tenant", tenantId });
  return outcome;
}
