import type { World } from "@/lib/world.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";

/** How long an order took, in seconds from the moment the payment was seen; null while it is not there yet. */
export interface OrderTimes {
  readonly orderId: string;
  /** Until a login with the owner's account can succeed, without the time a person takes to choose a password. */
  readonly paidToAccount: number | null;
  /** Until everything was seen from outside. */
  readonly paidToReady: number | null;
}

export async function describeTimes({ db }: World, key: OrderKey | undefined): Promise<OrderTimes> {
  const order = await ownOrder(db, key);
  const tenant = await db.tenant.findFirst({ where: { orderId: order.id }, orderBy: { createdAt: "desc" } });
  const since = (at: Date | null | undefined): number | null =>
    at && order.paidAt ? (at.getTime() - order.paidAt.getTime()) / 1000 : null;
  return { orderId: order.id, paidToAccount: since(tenant?.accountAt), paidToReady: since(tenant?.readyAt) };
}
