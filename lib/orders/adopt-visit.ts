import { knowCustomer } from "@/lib/billing/know-customer.ts";
import { type Money, minorOf } from "@/lib/billing/money.ts";
import type { Visit } from "@/lib/billing/ports.ts";
import type { Tx } from "@/lib/db.ts";
import { type SyncTools, syncOrder } from "./sync-order.ts";

/**
 * A visit was paid that our rows do not know: its answer was lost, or our database was set back. It is written down as the
 * vendor has it, and followed like any other; where its order is not known either, it is put before a person.
 */
export async function adoptVisit(tools: SyncTools, visit: Visit): Promise<void> {
  const { orderId } = visit;
  const known = await tools.db.$transaction(async (tx) => {
    // The lock: two workers that find the same visit write it down once.
    const orders = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
    if (!orderId || orders.length === 0) return undefined;
    await writeDown(tx, tools, visit, orderId);
    return orderId;
  });
  await (known ? syncOrder(tools, known) : noteStray(tools, visit));
}

/** What a person needs to settle it. One that is known with its payment is left as it is. */
async function noteStray(tools: SyncTools, visit: Visit): Promise<void> {
  const { db, clock, cashier } = tools;
  const { sessionId, orderId, subscriptionId, email, begunAt } = visit;
  const noted = await db.strayPayment.findUnique({ where: { sessionId } });
  if (noted?.paymentIntentId) return;
  const payment = subscriptionId ? await cashier.payment(subscriptionId) : undefined;
  const seen = {
    subscriptionId,
    email,
    begunAt,
    paymentIntentId: payment?.paymentIntentId ?? null,
    // What came, where we can see it: that is what would go back.
    ...columnsOf(payment?.paid ?? visit.total),
  };
  await db.strayPayment.createMany({
    data: [{ sessionId, orderId, seenAt: clock.now(), ...seen }],
    skipDuplicates: true,
  });
  await knowCustomer(db, tools, { customerId: visit.customerId, orderId: null });
  await db.strayPayment.updateMany({ where: { sessionId, paymentIntentId: null, settledAt: null }, data: seen });
}

const columnsOf = (sum: Money) => ({ totalMinor: minorOf(sum), currency: sum.currency });

async function writeDown(tx: Tx, { clock, ids }: SyncTools, visit: Visit, orderId: string): Promise<void> {
  const { sessionId, checkoutId } = visit;
  if (await tx.checkout.findUnique({ where: { sessionId } })) return;
  const paid = { sessionId, state: "open", purpose: visit.purpose, ...columnsOf(visit.full) };
  const begun = checkoutId ? await tx.checkout.findFirst({ where: { id: checkoutId, orderId } }) : null;
  if (begun) {
    await tx.checkout.update({ where: { id: begun.id }, data: paid });
    return;
  }
  const last = await tx.checkout.aggregate({ where: { orderId }, _max: { try: true } });
  const nth = (last._max.try ?? 0) + 1;
  await tx.checkout.create({
    data: { id: checkoutId ?? ids.id("vis"), orderId, try: nth, createdAt: clock.now(), ...paid },
  });
  // Whoever begins a visit after this one takes the next number.
  await tx.order.update({ where: { id: orderId }, data: { checkoutTry: nth } });
}
