import type { Tx } from "@/lib/db.ts";
import type { Checkout, Order } from "@/lib/generated/prisma/client.ts";

/** The last time that a family opened its home again after a bill that had ended: a contract of its own. Null where it never did. */
export const newestReturn = (db: Pick<Tx, "checkout">, orderId: string): Promise<Checkout | null> =>
  db.checkout.findFirst({ where: { orderId, purpose: "return", state: "paid" }, orderBy: { try: "desc" } });

/** What a family agreed to last, by paying for it. */
export interface Contract {
  readonly paidAt: Date;
  readonly paymentIntentId: string | null;
  /** What was said of an earlier contract is nothing of this one. */
  readonly since: Date | undefined;
}

/** Undefined where nothing was paid: there is nothing to withdraw from. */
export async function newestContract(db: Pick<Tx, "checkout">, order: Order): Promise<Contract | undefined> {
  if (order.state !== "paid") return undefined;
  const back = await newestReturn(db, order.id);
  const { paidAt, paidMinor, paymentIntentId } = back ?? order;
  if (!paidAt || !paidMinor) return undefined;
  return { paidAt, paymentIntentId, since: back ? paidAt : undefined };
}
