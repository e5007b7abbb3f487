import type { Tx } from "@/lib/db.ts";
import type { World } from "@/lib/world.ts";

/**
 * Somebody has paid whom the payment vendor knows by this id: from now on their part of its ledger is copied, at once and for
 * good. Without an order it is money that no order of ours knows.
 */
export async function knowCustomer(
  tx: Tx,
  { clock }: Pick<World, "clock">,
  { customerId, orderId }: { readonly customerId: string | null; readonly orderId: string | null },
): Promise<void> {
  if (!customerId) return;
  const now = clock.now();
  await tx.customer.createMany({
    data: [{ id: customerId, orderId, createdAt: now, nextSyncAt: now }],
    skipDuplicates: true,
  });
}
