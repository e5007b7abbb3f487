import type { Db, Tx } from "@/lib/db.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import type { KnownBill } from "./known-bill.ts";
import { type OrderBill, readBill } from "./read-bill.ts";

/**
 * A database that was set back to before another of the family took over the bill does not know who pays, and the payment vendor's
 * customer does. A wish that is just carried out is left alone. The order as it is then.
 */
export async function adoptPayer(db: Db, { order, bill }: Pick<KnownBill, "order" | "bill">): Promise<Order> {
  return payerSince(order, bill) ? db.$transaction((tx) => adopt(tx, order)) : order;
}

async function adopt(tx: Tx, { id }: Order): Promise<Order> {
  await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${id} FOR UPDATE`;
  const order = await tx.order.findUniqueOrThrow({ where: { id } });
  const bill = await readBill(tx, id);
  const payer = payerSince(order, bill);
  if (!payer || (await isOfOurs(tx, id, bill))) return order;
  // The wish that was forgotten to be done.
  const forgotten = { id: payer.payerChange, orderId: id, state: { in: ["asked", "given-up"] } };
  await tx.billChange.updateMany({ where: forgotten, data: { state: "done", doneAt: payer.payerSince } });
  return tx.order.update({ where: { id }, data: payer });
}

/** Who pays by the vendor's customer, where our order says somebody else. */
function payerSince(order: Order, { subscription, twice }: OrderBill) {
  if (!subscription || twice) return undefined;
  const { payerChange, payerName, payerSince, email } = subscription.customer;
  if (!payerChange || !email || !payerSince || payerChange === order.payerChange) return undefined;
  return { payerChange, payerName, payerSince, payerEmail: email.toLowerCase() };
}

/** A take-over is under way, or was carried out since our copy was made. */
async function isOfOurs(tx: Tx, orderId: string, { subscription }: OrderBill): Promise<boolean> {
  const last = await tx.billChange.findFirst({
    where: { orderId, kind: "payer", state: { in: ["wanted", "done"] } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const askedAt = subscription?.customer.askedAt;
  return last !== null && (last.state === "wanted" || !last.doneAt || !askedAt || last.doneAt >= askedAt);
}
