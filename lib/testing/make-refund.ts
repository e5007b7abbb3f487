import type { Order, Refund } from "@/lib/generated/prisma/client.ts";
import type { TestWorld } from "./db-world.ts";
import { makeOrder } from "./make-order.ts";

/** All the money of a buyer whose name was lost is to go back, and nobody asked the vendor for it yet. */
export async function makeRefund(world: TestWorld): Promise<{ order: Order; refund: Refund }> {
  const { order } = await makeOrder(world, { state: "refunding", paymentIntentId: world.ids.id("pi") });
  const refund = await world.db.refund.create({
    data: {
      id: world.ids.id("ref"),
      orderId: order.id,
      cause: "name-lost",
      paymentIntentId: order.paymentIntentId ?? "",
      minor: 625,
      currency: "GBP",
      state: "wanted",
      askedBy: "buyer",
      createdAt: world.clock.now(),
    },
  });
  return { order, refund };
}
