import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";
import { tellWatchers } from "./tell-watchers.ts";

/** The buyer of a lost name asks for everything back. */
export async function askForMoneyBack(world: World, key: OrderKey | undefined): Promise<void> {
  const order = await ownOrder(world.db, key);
  await world.db.$transaction((tx) => giveUpOrder(tx, world, order.id, "buyer"));
  await world.ring({ kind: "order", orderId: order.id });
}

/** Every cent goes back and the subscription ends: wanted in one row, carried out by a worker. Only while nothing was bought. */
export async function giveUpOrder(
  tx: Tx,
  { clock, ids }: Pick<World, "clock" | "ids">,
  orderId: string,
  askedBy: string,
): Promise<void> {
  const now = clock.now();
  const given = await tx.order.updateMany({
    where: { id: orderId, state: "lost" },
    data: { state: "refunding", updatedAt: now },
  });
  const order = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
  if (given.count === 0) {
    if (order.state === "refunding" || order.state === "refunded") return;
    throw new NameplateError("changed-meanwhile", `Order ${orderId} is ${order.state}`, { key: "errors.otherWindow" });
  }
  await tellWatchers(tx, orderId);
  if (order.paidMinor === 0) {
    // Nothing was paid: nothing is to be waited for.
    await tx.order.update({ where: { id: orderId }, data: { state: "refunded" } });
    return;
  }
  await tx.refund.createMany({ data: [wholeRefund(order, ids.id("ref"), askedBy, now)], skipDuplicates: true });
}

function wholeRefund(order: Order, id: string, askedBy: string, createdAt: Date) {
  const { paymentIntentId, paidMinor, paidCurrency, stripeSubscriptionId } = order;
  if (!paymentIntentId || paidMinor === null || !paidCurrency) throw new Error(`Order ${order.id} was never paid`);
  return {
    id,
    orderId: order.id,
    cause: "name-lost",
    paymentIntentId,
    subscriptionId: stripeSubscriptionId,
    minor: paidMinor,
    currency: paidCurrency,
    state: "wanted",
    askedBy,
    createdAt,
  };
}
