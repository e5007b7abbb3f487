import { secondsAfter } from "@/lib/clock.ts";
import { tryEach } from "@/lib/try-each.ts";
import type { World } from "@/lib/world.ts";
import { giveUpOrder } from "./give-up-order.ts";

/** A buyer whose name was lost and who says nothing has the money back after three days, as the page promises. */
export const patienceSeconds = 72 * 3600;

export async function refundForgottenOrders(world: World): Promise<void> {
  const { db, clock } = world;
  const forgotten = await db.order.findMany({
    where: { state: "lost", lostAt: { lte: secondsAfter(clock.now(), -patienceSeconds) } },
    orderBy: [{ lostAt: "asc" }, { id: "asc" }],
    take: 100,
  });
  await tryEach(forgotten, (order) => db.$transaction((tx) => giveUpOrder(tx, world, order.id, "nameplate")));
}
