import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { StrayPayment } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";

export interface Settled {
  readonly sessionId: string;
  readonly staffId: string;
  readonly how: "given-back" | "elsewhere";
}

/**
 * Says of a payment that no order knows how it ended, once: of two people, tabs or presses the second is told that it is
 * settled. The row stays, so that whoever reads the vendor's list again finds it known.
 */
export async function markStraySettled(
  tx: Tx,
  { clock }: Pick<World, "clock">,
  { sessionId, staffId, how }: Settled,
): Promise<StrayPayment> {
  const now = clock.now();
  const settled = await tx.strayPayment.updateMany({
    where: { sessionId, settledAt: null },
    data: { settledAt: now, settledBy: staffId, settledHow: how },
  });
  const stray = await tx.strayPayment.findUnique({ where: { sessionId } });
  if (!stray) throw new NameplateError("not-found", `No payment ${sessionId}`);
  if (settled.count === 0)
    throw new NameplateError("changed-meanwhile", `Payment ${sessionId} is settled`, {
      key: "staff.errors.paymentSettled",
    });
  await tx.alert.updateMany({
    where: { about: "payment", subject: sessionId, open: { not: null } },
    data: { open: null, closedAt: now },
  });
  return stray;
}
