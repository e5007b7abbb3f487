import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { isDisputed } from "./dispute.ts";
import { rungAt } from "./ladder.ts";
import { owed, readBill } from "./read-bill.ts";

/**
 * Tells a family what they owe, once at each rung of the ladder; of rungs that passed while nobody was at work only the last.
 */
export async function climbLadder(world: World, customerId: string): Promise<void> {
  const { db, clock, ring } = world;
  const orders = await db.subscription.findMany({
    where: { customerId, orderId: { not: null } },
    distinct: ["orderId"],
    orderBy: { orderId: "asc" },
  });
  for (const { orderId } of orders) {
    const order = orderId ? await db.order.findUnique({ where: { id: orderId } }) : null;
    const bill = order && (await readBill(db, order.id));
    const open = bill && owed(bill.standing);
    // What goes back is not asked for, and nothing is while a bank looks at what was paid.
    if (!order || !open || order.state !== "paid" || (await isDisputed(db, order.id))) continue;
    const { mail, day } = rungAt(open.createdAt, clock.now(), bill.leftAt !== null);
    const values = { orderId: order.id, invoiceId: open.id };
    await wantMail(db, world, { cause: `${mail}:${open.id}:${day}`, kind: mail, to: order.email ?? "", values });
    await ring({ kind: "mail" });
  }
}
