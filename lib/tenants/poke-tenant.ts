import type { Tx } from "@/lib/db.ts";
import type { World } from "@/lib/world.ts";

/** Something about this tenant changed: it is due now. Ring the bell after the transaction. */
export async function pokeTenant(tx: Tx, { clock }: Pick<World, "clock">, tenantId: string): Promise<void> {
  const now = clock.now();
  await tx.tenant.update({ where: { id: tenantId }, data: { pokedAt: now, nextCheckAt: now } });
}
