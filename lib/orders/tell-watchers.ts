import type { Tx } from "@/lib/db.ts";

/** Wakes whoever watches this order, when the transaction commits. A page that misses it looks again by itself. */
export async function tellWatchers(tx: Pick<Tx, "$executeRaw">, orderId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify('order', ${orderId})`;
}
