import type { Tx } from "@/lib/db.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import type { BillSubscription } from "./read-bill.ts";

/** What may be wished of a bill's end: when what is paid for ends, at once, or not after all. */
export const endWishes = ["stop", "stop-now", "keep"] as const;
export type EndWish = (typeof endWishes)[number];

/** What a family wished last of its bill's end, and how far that is. */
export interface Wish {
  readonly kind: EndWish;
  /** `under way` until our copy of the bill shows it; `held` when a person has to. */
  readonly state: "under way" | "held" | "seen";
}

/** Wishes are of one subscription: whoever comes back begins another, which no earlier one ends. */
export const wishesOf = ({ startedAt }: Pick<BillSubscription, "startedAt">) => ({ createdAt: { gte: startedAt } });

export async function newestWish(
  db: Pick<Tx, "billChange">,
  orderId: string,
  subscription: BillSubscription,
): Promise<Wish | undefined> {
  const last = await db.billChange.findFirst({
    where: { orderId, kind: { in: [...endWishes] }, ...wishesOf(subscription) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return last ? { kind: last.kind as EndWish, state: stateOf(last, subscription.customer.askedAt) } : undefined;
}

function stateOf({ state, doneAt, deadAt }: BillChange, copiedAt: Date | null): Wish["state"] {
  if (state === "refused" || deadAt) return "held";
  if (state === "wanted") return "under way";
  // The vendor has it, and our copy may be from before.
  return doneAt && copiedAt && copiedAt >= doneAt ? "seen" : "under way";
}
