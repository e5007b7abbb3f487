import type { Order } from "@/lib/generated/prisma/client.ts";
import { homeOf, type Who } from "@/lib/households/access.ts";
import type { World } from "@/lib/world.ts";
import { ownOrder } from "./own-order.ts";

/** The order that somebody may watch: the one their cookie opens, or the one that their home came from. */
export async function watchedOrder(world: Pick<World, "db">, who: Who | undefined): Promise<Order> {
  if (!who || "key" in who) return ownOrder(world.db, who?.key);
  const home = await homeOf(world, who);
  return world.db.order.findUniqueOrThrow({ where: { id: home.orderId } });
}
