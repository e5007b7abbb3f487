import type { Db, Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";

/** The secret of the buyer's cookie: whoever brings it may see and change that one order. */
export type OrderKey = string;

/** The order that this key opens. Asking for the row by the key is the authorisation: there is no other way to it. */
export async function ownOrder(db: Db | Tx, key: OrderKey | undefined): Promise<Order> {
  const order = key ? await db.order.findUnique({ where: { keyHash: hashSecret(key) } }) : null;
  if (!order) throw new NameplateError("not-found", "No order has this key");
  return order;
}
