import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { isOpen } from "./dispute.ts";
import { whoPaid } from "./who-paid.ts";

/** Tells a family that a bank looks at a payment of theirs, and how it decided: once each. */
export async function tellOfDisputes(world: World, customerId: string): Promise<void> {
  const { db, ring } = world;
  const { orderId, disputes } = await db.customer.findUniqueOrThrow({
    where: { id: customerId },
    include: { disputes: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] } },
  });
  const order = orderId ? await db.order.findUnique({ where: { id: orderId } }) : null;
  if (!order) return;
  for (const dispute of disputes) {
    const kind = isOpen(dispute) ? "disputed" : "dispute-over";
    const values = { orderId: order.id, disputeId: dispute.id };
    const to = (await whoPaid(db, order, dispute.paymentIntentId)).email ?? "";
    await wantMail(db, world, { cause: `${kind}:${dispute.id}`, kind, to, values });
  }
  if (disputes.length > 0) await ring({ kind: "mail" });
}
