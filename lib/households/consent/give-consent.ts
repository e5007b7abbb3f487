import { NameplateError } from "@/lib/errors.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import type { Member } from "../access.ts";
import { childOf } from "../rules/child-of.ts";
import { type Agreed, countryOf } from "./agreed.ts";
import { asksAParent } from "./asks-a-parent.ts";
import { heldConsent } from "./held-consent.ts";
import { tellTheOther } from "./tell-the-other.ts";

export interface GiveConsent extends Agreed {
  readonly personId: string;
}

/**
 * A parent agrees to a child's account, for the first time or again: where it was withdrawn, everything is as before. While one
 * stands there is nothing to agree to: a second press, or the other parent's a moment ago, has done it.
 */
export async function giveConsent(
  world: World,
  who: Member,
  { personId, text, from = "" }: GiveConsent,
): Promise<void> {
  const { db, clock, ring } = world;
  const { home, child } = await childOf(world, who, personId);
  const country = countryOf(await db.order.findUniqueOrThrow({ where: { id: home.orderId } }));
  const again = await db.$transaction(async (tx) => {
    const newest = await heldConsent(tx, personId);
    if (newest && !newest.withdrawnAt) return false;
    const now = clock.now();
    // One that was withdrawn is given again by a parent at any age.
    if (!newest && !asksAParent(child, country, now))
      throw new NameplateError("changed-meanwhile", `${personId} is old enough`, { key: "family.consent.errors.old" });
    const nth = (newest?.nth ?? 0) + 1;
    const row = { personId, nth, givenAt: now, by: who.userId, text, method: "mailbox", country, from: from || null };
    await tx.consent.create({ data: row });
    if (!newest) return false;
    await pokeTenant(tx, world, home.id);
    await tellTheOther(tx, world, { home, personId, nth, by: who.userId, kind: "consent-given" });
    return true;
  });
  if (!again) return;
  await ring({ kind: "tenant", tenantId: home.id });
  await ring({ kind: "mail" });
}
