import type { Tx } from "@/lib/db.ts";
import type { Whose } from "./ports.ts";

/** The customer of ours that something is about; undefined when we know none. */
export async function findCustomer(
  db: Pick<Tx, "customer" | "movement" | "order">,
  { customerId, paymentIntentId }: Whose,
): Promise<string | undefined> {
  if (customerId) return (await db.customer.findUnique({ where: { id: customerId } }))?.id;
  if (!paymentIntentId) return undefined;
  const moved = await db.movement.findFirst({ where: { paymentIntentId } });
  if (moved) return moved.customerId;
  // Not copied yet: the first payment of an order.
  const order = await db.order.findFirst({ where: { paymentIntentId } });
  return order?.stripeCustomerId ?? undefined;
}
