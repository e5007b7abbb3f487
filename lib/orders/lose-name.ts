import type { Tx } from "@/lib/db.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { tellWatchers } from "./tell-watchers.ts";

/** The name was taken between paying and buying: nothing was spent, and the buyer is asked what to do. */
export async function loseName(
  tx: Tx,
  world: Pick<World, "clock" | "ids">,
  order: Pick<Order, "id" | "email" | "name">,
  reason: string,
): Promise<void> {
  const now = world.clock.now();
  const lost = await tx.order.updateMany({
    where: { id: order.id, state: "paid" },
    data: { state: "lost", lostAt: now, lostReason: reason, updatedAt: now },
  });
  if (lost.count === 0) return;
  await tellWatchers(tx, order.id);
  await wantMail(tx, world, {
    cause: `name-lost:${order.id}:${order.name}`,
    kind: "name-lost",
    to: order.email ?? "",
    values: { orderId: order.id, name: order.name ?? "" },
  });
}
