import { knowCustomer } from "@/lib/billing/know-customer.ts";
import { minorOf } from "@/lib/billing/money.ts";
import type { Payment, Visit } from "@/lib/billing/ports.ts";
import type { Tx } from "@/lib/db.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import type { World } from "@/lib/world.ts";
import { loseName } from "./lose-name.ts";
import { tellWatchers } from "./tell-watchers.ts";

export type PaidVisit = Visit & { readonly subscriptionId: string; readonly payment: Payment };

/** What stands in the order of how it was paid. */
type PaidColumns = Pick<Order, "paidMinor" | "paidCurrency"> & Partial<Order>;

/** The tenant that is wanted now; `lost` when the name was another's by then; `done` when this visit was marked before. */
type Marked = { readonly tenantId: string } | "lost" | "done";

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
  const marked = await world.db.$transaction((tx) => markPaid(tx, world, orderId, checkoutId, columnsOf(visit)));
  if (marked === undefined) return false;
  await ringAfter(world, marked);
  return true;
}

/** The same inside a transaction of the caller's. Undefined when the order was paid already. */
export async function markPaid(
  tx: Tx,
  world: World,
  orderId: string,
  checkoutId: string,
  how: PaidColumns,
): Promise<Marked | undefined> {
  // The lock: a second worker with the same payment waits here and then finds the order paid.
  await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
  const order = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
  const mine = await tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } });
  if (mine.state === "paid") return "done";
  if (order.state !== "draft" && order.state !== "checkout") return undefined;
  const now = world.clock.now();
  const paid = await tx.order.update({
    where: { id: orderId },
    data: { ...(how as object), state: "paid", paidAt: now, updatedAt: now, nextSyncAt: null },
  });
  await tx.checkout.update({ where: { id: checkoutId }, data: { state: "paid" } });
  await knowCustomer(tx, world, { customerId: paid.stripeCustomerId, orderId });
  await tellWatchers(tx, orderId);
  // Nobody gets a receipt for nothing.
  if (how.paidMinor !== 0) {
    const values = { orderId };
    await wantMail(tx, world, { cause: `receipt:${orderId}`, kind: "receipt", to: order.email ?? "", values });
  }
  return claimName(tx, world, paid);
}

export async function ringAfter(world: World, marked: Marked): Promise<void> {
  if (typeof marked === "object") await world.ring({ kind: "tenant", tenantId: marked.tenantId });
  await world.ring({ kind: "mail" });
}

const columnsOf = ({ payment, customerId, subscriptionId }: PaidVisit): PaidColumns => ({
  paidMinor: minorOf(payment.paid),
  paidCurrency: payment.paid.currency,
  paymentIntentId: payment.paymentIntentId,
  receiptNumber: payment.receiptNumber,
  cardFingerprint: payment.cardFingerprint,
  cardLabel: payment.cardLabel,
  cardRisk: payment.cardRisk,
  stripeCustomerId: customerId,
  stripeSubscriptionId: subscriptionId,
});

async function claimName(tx: Tx, world: World, order: Order): Promise<Marked> {
  // Of two orders for one name, marked in one moment, the second waits here and then sees who holds it.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${order.name ?? ""}, 0))`;
  const holder = await tx.tenant.findUnique({ where: { holds: order.name ?? "" } });
  if (!holder) return { tenantId: await askForTenant(tx, world, order) };
  await loseName(tx, world, order, `${order.name} was bought by another order a moment earlier`);
  return "lost";
}
