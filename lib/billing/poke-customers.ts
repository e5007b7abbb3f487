import type { Tx } from "@/lib/db.ts";

/** Their copies are to be made anew now. A copy that is just being made does not answer it (lib/billing/sync-billing.ts). */
export async function pokeCustomers(tx: Pick<Tx, "customer">, ids: readonly string[], now: Date): Promise<number> {
  const poked = await tx.customer.updateMany({
    where: { id: { in: [...ids] }, gone: false },
    data: { nextSyncAt: now },
  });
  return poked.count;
}
