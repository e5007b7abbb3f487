import type { Order } from "@/lib/generated/prisma/client.ts";
import { type DisputeTables, isDisputed } from "./dispute.ts";
import { type BillTables, type OrderBill, readBill } from "./read-bill.ts";

/** An order and its bill, read once for everything that follows from them. Who writes by it looks again under a lock. */
export interface KnownBill {
  readonly order: Order;
  readonly bill: OrderBill;
  /** A bank looks at a payment: meanwhile we ask for no money. */
  readonly disputed: boolean;
}

export const knownBill = async (db: BillTables & DisputeTables, order: Order): Promise<KnownBill> => ({
  order,
  bill: await readBill(db, order.id),
  disputed: await isDisputed(db, order.id),
});
