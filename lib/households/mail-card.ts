import type { Tx } from "@/lib/db.ts";
import type { Card, Person } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";

/** The mail that carries a card; one a card. */
export const mailOfCard = (cardId: string): string => `card:${cardId}`;

/**
 * An adult with an e-mail gets the card by mail, a child's goes to whoever runs the home. The owner's own opens from the
 * page "You're home" and from the mail that says so.
 */
export async function mailCard(tx: Tx, world: World, card: Card, person: Person, owner: Person): Promise<void> {
  if (person.runsHome) return;
  const child = person.kind === "child";
  await wantMail(tx, world, {
    cause: mailOfCard(card.id),
    kind: child ? "child-card" : "card",
    to: (child ? owner.email : person.email) ?? "",
    values: { cardId: card.id },
  });
}
