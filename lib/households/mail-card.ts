import type { Tx } from "@/lib/db.ts";
import type { Card, Person, Tenant } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import type { Who } from "./access.ts";
import { parentsOf } from "./parents/parents-of.ts";

/** The mail that carries a card; one a card. */
export const mailOfCard = (cardId: string): string => `card:${cardId}`;

/**
 * An adult with an e-mail gets the card by mail, a child's goes to a parent (`childs`). The owner's own opens from the
 * page "You're home" and from the mail that says so.
 */
export async function mailCard(tx: Tx, world: World, card: Card, person: Person, childs: string): Promise<void> {
  if (person.runsHome) return;
  const child = person.kind === "child";
  await wantMail(tx, world, {
    cause: mailOfCard(card.id),
    kind: child ? "child-card" : "card",
    to: child ? childs : (person.email ?? ""),
    values: { cardId: card.id },
  });
}

/** The mailbox of the parent who wants a child's card; of the first parent, where that is somebody else or nobody. */
export async function childsMailbox(tx: Tx, home: Pick<Tenant, "id">, who?: Who): Promise<string> {
  const parents = await parentsOf(tx, home);
  const user = who && "userId" in who ? await tx.user.findUnique({ where: { id: who.userId } }) : null;
  return (parents.find(({ email }) => email === user?.email.toLowerCase()) ?? parents[0])?.email ?? "";
}
