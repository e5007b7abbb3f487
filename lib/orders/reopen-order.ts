import type { CheckoutDesk } from "@/lib/billing/ports.ts";
import type { World } from "@/lib/world.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";

/**
 * The buyer came back from the payment page: ends the open visit, so that everything may be changed again and nothing that
 * was changed can still be paid at the old sum. Says `paid` when the money was on its way after all.
 */
export async function reopenOrder(
  tools: World & { desk: CheckoutDesk },
  key: OrderKey | undefined,
): Promise<"draft" | "paid"> {
  const { db, desk, ring, clock } = tools;
  const order = await ownOrder(db, key);
  if (order.state === "draft") return "draft";
  if (order.state !== "checkout") return "paid";
  const open = await db.checkout.findMany({
    where: { orderId: order.id, state: { in: ["open", "opening"] } },
    orderBy: { try: "asc" },
  });
  for (const visit of open) {
    // A visit whose answer was lost never had an address to pay at.
    if (visit.sessionId) {
      await desk.close(visit.sessionId);
      if ((await desk.look(visit.sessionId))?.state === "paid") {
        await ring({ kind: "order", orderId: order.id });
        return "paid";
      }
    }
    await db.checkout.updateMany({ where: { id: visit.id, state: visit.state }, data: { state: "expired" } });
  }
  await db.order.updateMany({
    where: { id: order.id, state: "checkout" },
    data: { state: "draft", nextSyncAt: null, updatedAt: clock.now() },
  });
  return "draft";
}
