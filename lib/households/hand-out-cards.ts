import type { Tx } from "@/lib/db.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { makeCard } from "./make-card.ts";

/** Everyone who has no card yet gets one; adults with an e-mail get theirs by mail, a child's goes to the parent. */
export async function handOutCards(tx: Tx, world: World, tenantId: string): Promise<void> {
  const people = await tx.person.findMany({ where: { tenantId, cards: { none: {} } } });
  if (people.length === 0) return;
  const owner = await tx.person.findFirstOrThrow({ where: { tenantId, runsHome: true } });
  for (const person of people) {
    const card = await makeCard(tx, world, person.id);
    if (person.runsHome) continue; // the owner's own card opens from the page "You're home" and the ready mail
    const child = person.kind === "child";
    const to = child ? owner.email : person.email;
    await wantMail(tx, world, {
      cause: `card:${card.id}`,
      kind: child ? "child-card" : "card",
      to: to ?? "",
      values: { cardId: card.id },
    });
  }
}
