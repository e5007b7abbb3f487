import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import type { Card } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { cardCode, cardToken } from "./card-secret.ts";

/** Cards work for seven days, as every text about them says. */
const cardDays = 7;

/** Makes a person's set-up card; an older one that was not used stops working. */
export async function makeCard(tx: Tx, { clock, ids, linkKey }: World, personId: string): Promise<Card> {
  const now = clock.now();
  const id = ids.id("card");
  await tx.card.updateMany({ where: { personId, usedAt: null, replacedAt: null }, data: { replacedAt: now } });
  return tx.card.create({
    data: {
      id,
      personId,
      tokenHash: hashSecret(cardToken(linkKey, id)),
      codeHash: hashSecret(cardCode(linkKey, id)),
      createdAt: now,
      expiresAt: daysAfter(now, cardDays),
    },
  });
}
