import { type Money, moneyOf } from "@/lib/billing/money.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";

/** Money that is theirs and does not reach them by itself. */
export interface HeldRefund {
  readonly sum: Money;
  /** Their bank gave it back to us: they say how else it is paid. Otherwise a person of ours is at it. */
  readonly gaveBack: boolean;
}

/** The newest one that nobody has begun anew. */
export async function describeHeldRefund({ db }: Pick<World, "db">, who: Member): Promise<HeldRefund | null> {
  const { orderId } = await billOf({ db }, who);
  const held = await db.refund.findFirst({ where: { orderId, state: "refused" }, orderBy: { createdAt: "desc" } });
  return held && { sum: moneyOf(held.minor, held.currency), gaveBack: held.stripeRefundId !== null };
}
