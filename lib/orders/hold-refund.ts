import { whoPaid } from "@/lib/billing/who-paid.ts";
import type { Refund } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { tellWatchers } from "./tell-watchers.ts";

/**
 * The vendor or the bank does not send the money, or the bank gave it back: from here on a person has it (lib/staff keeps an
 * alert), and the buyer, who may have read that it is on its way, is told once.
 */
export async function holdRefund(
  world: World,
  { id, state }: Pick<Refund, "id" | "state">,
  why: { readonly detail: string; readonly stripeRefundId?: string },
): Promise<void> {
  const { db, clock } = world;
  await db.$transaction(async (tx) => {
    const held = await tx.refund.updateMany({
      // One that was on its way may be done by another worker's hand by now.
      where: { id, state: state === "done" ? "done" : { in: ["wanted", "asked"] } },
      data: { state: "refused", doneAt: null, nextTryAt: null, ...why },
    });
    if (held.count === 0) return;
    const { paymentIntentId, order, stray } = await tx.refund.findUniqueOrThrow({
      where: { id },
      include: { order: true, stray: true },
    });
    if (order?.state === "refunded" && order.paymentIntentId === paymentIntentId)
      await tx.order.update({ where: { id: order.id }, data: { state: "refunding", updatedAt: clock.now() } });
    if (order) await tellWatchers(tx, order.id);
    const payer = order && (await whoPaid(tx, order, paymentIntentId));
    await wantMail(tx, world, {
      cause: `refund-held:${id}`,
      kind: "refund-held",
      to: payer?.email ?? stray?.email ?? "",
      values: { refundId: id },
    });
  });
}
