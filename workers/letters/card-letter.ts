import { cardToken } from "@/lib/households/card-secret.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** A card's link goes out while the card works: one that was used or replaced meanwhile is not sent. */
export async function cardLetter(
  { db, webUrl, linkKey, day }: LetterTools,
  cardId: string,
): Promise<Filling | undefined> {
  const card = await db.card.findUnique({
    where: { id: cardId },
    include: { person: { include: { tenant: { include: { people: true } } } } },
  });
  if (!card || card.usedAt || card.replacedAt || card.person.takenOutAt) return undefined;
  const { person } = card;
  const { name, people } = person.tenant;
  return {
    name,
    given: person.given,
    id: `@${person.part}:${name}`,
    owner: people.find((one) => one.runsHome)?.given ?? "",
    link: `${webUrl}/card/${cardToken(linkKey, card.id)}`,
    date: day(card.expiresAt),
  };
}
