import { secondsAfter } from "@/lib/clock.ts";
import type { World } from "@/lib/world.ts";
import { giveUpOrder } from "./give-up-order.ts";

/** A buyer whose name was lost and who says nothing has the money back after three days, as the page promises. */
export const patienceSeconds = 72 * 3600;

export async function refundForgottenOrders(world: World): Promise<void> {
  const { db, clock } = world;
  const forgotten = await db.order.findMany({
    where: { state: "lost", lostAt: { lte: secondsAfter(clock.now(), -patienceSeconds) } },
    take: 100,
  });
  for (const order of forgotten) await db.$transaction((tx) => giveUpOrder(tx, world, order.id, "nameplate"));
}
