import type { Card } from "@/lib/generated/prisma/client.ts";

export type CardState = "works" | "used" | "replaced" | "ran-out";

/** How a card stands. A used one stays used, whatever came after it. */
export function cardStateOf(card: Pick<Card, "usedAt" | "replacedAt" | "expiresAt">, now: Date): CardState {
  if (card.usedAt) return "used";
  if (card.replacedAt) return "replaced";
  return card.expiresAt <= now ? "ran-out" : "works";
}
