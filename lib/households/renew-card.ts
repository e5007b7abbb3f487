import { NameplateError } from "@/lib/errors.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { personOf, type Who } from "./access.ts";
import { isLeaving } from "./is-leaving.ts";
import { childsMailbox, mailCard } from "./mail-card.ts";
import { makeCard } from "./make-card.ts";
import { newestCardFirst } from "./newest-card.ts";

export interface RenewCard {
  readonly personId: string;
  /** The card that was shown beside the button: pressing twice, or in an older tab, makes no second one. */
  readonly insteadOf: string;
}

/**
 * Makes a new card for one person of the home; an older one stops working, and using the new one ends the old password.
 * An adult with an e-mail gets it by mail; a child's goes to whichever parent wants it.
 */
export async function renewCard(world: World, who: Who, { personId, insteadOf }: RenewCard): Promise<void> {
  const { home } = await personOf(world, who, personId);
  const made = await world.db.$transaction(async (tx) => {
    // The lock: of two presses at once the second finds the first one's card.
    await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${personId} AND "tenantId" = ${home.id} FOR UPDATE`;
    const person = await tx.person.findFirst({ where: { id: personId, tenantId: home.id, ...livesThere } });
    if (!person) throw new NameplateError("not-found", "No such person in this home");
    if (await isLeaving(tx, home.orderId, personId))
      throw new NameplateError("not-found", "They are being taken out of this home");
    const newest = await tx.card.findFirst({ where: { personId }, orderBy: [...newestCardFirst] });
    if (newest && newest.id !== insteadOf) return false;
    await mailCard(tx, world, await makeCard(tx, world, personId), person, await childsMailbox(tx, home, who));
    return true;
  });
  if (made) await world.ring({ kind: "mail" });
}
