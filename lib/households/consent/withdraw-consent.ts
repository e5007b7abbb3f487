import { NameplateError } from "@/lib/errors.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import type { Member } from "../access.ts";
import { childOf } from "../rules/child-of.ts";
import { heldConsent } from "./held-consent.ts";
import { tellTheOther } from "./tell-the-other.ts";

export interface WithdrawConsent {
  readonly personId: string;
  /** Which one the page showed (ConsentView). */
  readonly nth: number;
}

/**
 * A parent takes back what was agreed to for a child: its account is paused until a parent agrees again, and nothing is deleted.
 * Pressing twice is saying it once; what the other parent agreed to since is not taken back by an older page.
 */
export async function withdrawConsent(world: World, who: Member, { personId, nth }: WithdrawConsent): Promise<void> {
  const { db, clock, ring } = world;
  const { home } = await childOf(world, who, personId);
  const withdrawn = await db.$transaction(async (tx) => {
    const newest = await heldConsent(tx, personId);
    if (newest?.nth === nth && newest.withdrawnAt) return false;
    if (newest?.nth !== nth || newest.method === "own")
      throw new NameplateError("changed-meanwhile", `Consent of ${personId}: an older page`, {
        key: "family.consent.errors.changed",
      });
    await tx.consent.update({
      where: { personId_nth: { personId, nth } },
      data: { withdrawnAt: clock.now(), withdrawnBy: who.userId },
    });
    await pokeTenant(tx, world, home.id);
    await tellTheOther(tx, world, { home, personId, nth, by: who.userId, kind: "consent-withdrawn" });
    return true;
  });
  if (!withdrawn) return;
  await ring({ kind: "tenant", tenantId: home.id });
  await ring({ kind: "mail" });
}
