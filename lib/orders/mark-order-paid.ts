import type { Payment, Visit } from "@/lib/billing/ports.ts";
import type { Tx } from "@/lib/db.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import type { World } from "@/lib/world.ts";
import { loseName } from "./lose-name.ts";
import { tellWatchers } from "./tell-watchers.ts";

export type PaidVisit = Visit & { readonly subscriptionId: string; readonly payment: Payment };

/**
 * Paid and `want = present` commit together. Returns false, and changes nothing, when the order was paid already.
 * Two buyers who race for one name: the second has paid for a name that is lost, and chooses another or is refunded.
 */
export async function markOrderPaid(
  world: World,
  orderId: string,
  checkoutId: string,
  visit: PaidVisit,
): Promise<boolean> {
  const tenantId = await world.db.$transaction(async (tx) => {
    // The lock: a second worker with the same payment waits here and then finds the order paid.
    await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
    const order = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
    const mine = await tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } });
    if (mine.state === "paid") return "done";
    if (order.state !== "draft" && order.state !== "checkout") return undefined;
    const paid = await tx.order.update({ where: { id: orderId }, data: paidColumns(world, visit) });
    await tx.checkout.update({ where: { id: checkoutId }, data: { state: "paid" } });
    await tellWatchers(tx, orderId);
    await wantMail(tx, world, {
      cause: `receipt:${orderId}`,
      kind: "receipt",
      to: order.email ?? "",
      values: { orderId },
    });
    return (await claimName(tx, world, paid)) ?? "lost";
  });
  if (tenantId === undefined) return false;
  if (tenantId !== "done" && tenantId !== "lost") await world.ring({ kind: "tenant", tenantId });
  await world.ring({ kind: "mail" });
  return true;
}

const paidColumns = ({ clock }: World, { payment, customerId, subscriptionId }: PaidVisit) => ({
  state: "paid" as const,
  paidAt: clock.now(),
  updatedAt: clock.now(),
  nextSyncAt: null,
  paidMinor: payment.paidMinor,
  paidCurrency: payment.currency,
  paymentIntentId: payment.paymentIntentId,
  receiptNumber: payment.receiptNumber,
  cardFingerprint: payment.cardFingerprint,
  cardLabel: payment.cardLabel,
  cardRisk: payment.cardRisk,
  stripeCustomerId: customerId,
  stripeSubscriptionId: subscriptionId,
});

async function claimName(tx: Tx, world: World, order: Order): Promise<string | undefined> {
  const holder = await tx.tenant.findUnique({ where: { holds: order.name ?? "" } });
  if (!holder) return askForTenant(tx, world, order);
  await loseName(tx, world, order, `${order.name} was bought by another order a moment earlier`);
  return undefined;
}
