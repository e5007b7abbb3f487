import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { standingParents } from "@/lib/tenants/household-of.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { careOf, type Member } from "../access.ts";
import { holdParents, parentsOf } from "./parents-of.ts";

/** A parent looks after the children no more: never the last one. What they decided stays, with their name. */
export async function leaveParents(world: World, who: Member): Promise<void> {
  const { id: tenantId } = await careOf(world, who);
  await world.db.$transaction(async (tx) => {
    await holdParents(tx, { id: tenantId });
    // As it is under the lock: of two who leave at once the second is the last one.
    const home = await careOf({ db: tx }, { ...who, tenantId });
    const row = await tx.parent.findFirst({ where: { tenantId, userId: who.userId, ...standingParents } });
    const owns = await tx.membership.count({ where: { tenantId, userId: who.userId, role: "owner" } });
    await writeLeft(tx, world, home, { id: owns > 0 ? null : (row?.id ?? ""), by: who.userId });
  });
  await world.ring({ kind: "tenant", tenantId });
  await world.ring({ kind: "mail" });
}

/**
 * The same inside a transaction of the caller's, who has allowed it and holds the home's parents. `id` is a parent's own; null for whoever
 * runs the home.
 */
export async function writeLeft(
  tx: Tx,
  world: Pick<World, "clock" | "ids">,
  { id: tenantId }: Pick<Tenant, "id">,
  { id, by }: { readonly id: string | null; readonly by: string },
): Promise<void> {
  const now = world.clock.now();
  const parents = await parentsOf(tx, { id: tenantId });
  const leaver = parents.find((one) => one.id === id);
  if (!leaver) throw new NameplateError("not-found", "No parent of this home");
  const others = parents.filter((one) => one !== leaver);
  if (others.length === 0)
    throw new NameplateError("changed-meanwhile", "The last parent", { key: "family.parents.errors.last" });
  if (id === null) {
    await tx.tenant.update({ where: { id: tenantId }, data: { ownerIsParent: false } });
  } else {
    const { userId } = await tx.parent.update({ where: { id }, data: { leftAt: now, leftBy: by } });
    await tx.membership.deleteMany({ where: { tenantId, userId: userId ?? "", role: "parent" } });
  }
  const values = { tenantId, given: leaver.given };
  for (const { email: to } of others)
    await wantMail(tx, world, {
      ...{ cause: `parent-left:${id ?? tenantId}:${now.getTime()}:${to}`, kind: "parent-left", to, values },
    });
  await pokeTenant(tx, world, tenantId);
}
