import type { Tx } from "@/lib/db.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { childsMailbox, mailCard } from "./mail-card.ts";
import { makeCard } from "./make-card.ts";

/** Everyone who has no card yet gets one; those with an e-mail get theirs by mail. */
export async function handOutCards(tx: Tx, world: World, tenantId: string): Promise<void> {
  const people = await tx.person.findMany({
    where: { tenantId, ...livesThere, cards: { none: {} } },
    orderBy: { place: "asc" },
  });
  if (people.length === 0) return;
  const childs = await childsMailbox(tx, { id: tenantId });
  for (const person of people) await mailCard(tx, world, await makeCard(tx, world, person.id), person, childs);
}
