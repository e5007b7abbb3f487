import type { Cashier } from "@/lib/billing/ports.ts";
import { Refused } from "@/lib/errors.ts";
import type { Refund } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { tellWatchers } from "./tell-watchers.ts";

export type RefundTools = World & { readonly cashier: Cashier };

/** Brings wanted refunds (of one order, or all) to their end: looks whether the vendor has it, asks once with one key, looks again. */
export async function settleRefunds(tools: RefundTools, orderId?: string): Promise<void> {
  const open = await tools.db.refund.findMany({
    where: { state: { in: ["wanted", "asked"] }, ...(orderId ? { orderId } : {}) },
    orderBy: { createdAt: "asc" },
    take: 100,
  });
  for (const refund of open) await settleRefund(tools, refund);
}

async function settleRefund(tools: RefundTools, refund: Refund): Promise<void> {
  const { db, cashier } = tools;
  if (refund.subscriptionId) await cashier.endSubscription(refund.subscriptionId);
  let found = await cashier.findRefund(refund.paymentIntentId, refund.id);
  if (!found) {
    await db.refund.updateMany({ where: { id: refund.id, state: "wanted" }, data: { state: "asked" } });
    try {
      await cashier.refund(refund.paymentIntentId, refund.minor, refund.id);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await db.refund.update({ where: { id: refund.id }, data: { state: "refused", detail: error.message } });
      return;
    }
    found = await cashier.findRefund(refund.paymentIntentId, refund.id);
  }
  if (found?.state === "done") await closeRefund(tools, refund, found.vendorId);
  if (found?.state === "failed")
    await db.refund.update({
      where: { id: refund.id },
      data: { state: "refused", stripeRefundId: found.vendorId, detail: "The bank did not take it" },
    });
}

async function closeRefund(world: World, refund: Refund, vendorId: string): Promise<void> {
  const { db, clock } = world;
  await db.$transaction(async (tx) => {
    const closed = await tx.refund.updateMany({
      where: { id: refund.id, state: "asked" },
      data: { state: "done", stripeRefundId: vendorId, doneAt: clock.now() },
    });
    if (closed.count === 0)
      await tx.refund.updateMany({
        where: { id: refund.id, state: "wanted" },
        data: { state: "done", stripeRefundId: vendorId, doneAt: clock.now() },
      });
    const order = await tx.order.findUniqueOrThrow({ where: { id: refund.orderId } });
    if (order.paymentIntentId === refund.paymentIntentId && order.state === "refunding")
      await tx.order.update({ where: { id: order.id }, data: { state: "refunded", updatedAt: clock.now() } });
    await tellWatchers(tx, order.id);
    await wantMail(tx, world, {
      cause: `refunded:${refund.id}`,
      kind: "refunded",
      to: order.email ?? "",
      values: { refundId: refund.id },
    });
  });
}
