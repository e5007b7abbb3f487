import type { Tx } from "@/lib/db.ts";
import { bellId } from "@/lib/queue/bell-shape.ts";
import type { World } from "@/lib/world.ts";

/** Something about this tenant changed: it is due now, however often it could not be looked at. Ring the bell after the transaction. */
export async function pokeTenant(tx: Tx, { clock }: Pick<World, "clock">, tenantId: string): Promise<void> {
  const now = clock.now();
  await tx.failedBell.deleteMany({ where: { id: bellId({ kind: "tenant", tenantId }) } });
  await tx.tenant.update({ where: { id: tenantId }, data: { pokedAt: now, nextCheckAt: now } });
}
