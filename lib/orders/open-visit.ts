import type { CheckoutDesk, CheckoutOrder } from "@/lib/billing/ports.ts";
import { secondsAfter } from "@/lib/clock.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Checkout, Order } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";

type DeskTools = World & { readonly desk: CheckoutDesk };

/** The payment page is open for an hour: long enough to find a card, short enough for the price to hold. */
const openSeconds = 3600;

/**
 * The page of a visit that is written down. One that was ended in another tab while it was being opened is ended at the vendor
 * too: nobody may pay the old sum.
 */
export async function openVisit(
  { db, desk }: DeskTools,
  visit: Checkout,
  order: Omit<CheckoutOrder, "checkoutId" | "orderId" | "expiresAt">,
): Promise<{ url: string }> {
  const { sessionId, url } = await desk.open({
    ...order,
    checkoutId: visit.id,
    orderId: visit.orderId,
    expiresAt: secondsAfter(visit.createdAt, openSeconds),
  });
  const shown = await db.checkout.updateMany({
    where: { id: visit.id, state: "opening" },
    data: { sessionId, url, state: "open" },
  });
  if (shown.count > 0) return { url };
  await desk.close(sessionId);
  throw new NameplateError("changed-meanwhile", `Visit ${visit.id} was ended while it was being opened`, {
    key: "errors.otherWindow",
  });
}

/** A visit that was paid in another tab, be it while we end it, is not over: its payment is fetched instead. */
export async function endEarlierVisits({ db, desk, ring }: DeskTools, order: Pick<Order, "id">): Promise<void> {
  const earlier = await db.checkout.findMany({
    where: { orderId: order.id, state: "open", sessionId: { not: null } },
    orderBy: { try: "asc" },
  });
  for (const { id, sessionId } of earlier) {
    if (!sessionId) continue;
    await desk.close(sessionId);
    if ((await desk.look(sessionId))?.state === "paid") {
      await ring({ kind: "order", orderId: order.id });
      throw new NameplateError("changed-meanwhile", `Order ${order.id} was paid in another visit`, {
        key: "pay.alreadyPaid",
      });
    }
    await db.checkout.updateMany({ where: { id, state: "open" }, data: { state: "expired" } });
  }
}
