import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { careOf, type Member } from "../access.ts";
import { holdParents } from "./parents-of.ts";

/** They are asked no more: their link works no longer. Too late once they have said yes. */
export async function takeInviteBack({ db, clock }: World, who: Member, parentId: string): Promise<void> {
  const home = await careOf({ db }, who);
  await db.$transaction(async (tx) => {
    await holdParents(tx, home);
    const asked = await tx.parent.findFirst({ where: { id: parentId, tenantId: home.id } });
    if (!asked) throw new NameplateError("not-found", "Nobody was asked by that");
    if (asked.joinedAt)
      throw new NameplateError("changed-meanwhile", `${parentId} is a parent`, { key: "family.parents.tooLate" });
    if (asked.takenBackAt) return;
    const now = clock.now();
    await tx.parent.update({ where: { id: parentId }, data: { takenBackAt: now } });
    await tx.link.updateMany({ where: { purpose: "parent", subject: parentId, usedAt: null }, data: { usedAt: now } });
  });
}
