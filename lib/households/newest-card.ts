import type { Prisma } from "@/lib/generated/prisma/client.ts";

/**
 * A person's cards, the one that counts first: one that was not replaced, of those one that waits to be used, else the
 * one that was used last. Times alone do not tell, for two cards may be made within one of the clock's ticks.
 */
export const newestCardFirst = [
  { replacedAt: { sort: "asc", nulls: "first" } },
  { usedAt: { sort: "desc", nulls: "first" } },
  { createdAt: "desc" },
] as const satisfies Prisma.CardOrderByWithRelationInput[];
