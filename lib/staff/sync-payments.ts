import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import { bellId } from "@/lib/queue/bell-shape.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** Fetches the truth about an order's payments and refunds: rings for the same function that webhooks lead to. */
export async function syncPayments(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly orderId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { orderId } = asked;
  const outcome: Said = { key: "staff.outcome.sync" };
  await world.db.$transaction(async (tx) => {
    await tx.failedBell.deleteMany({ where: { id: bellId({ kind: "order", orderId }) } });
    // Due now: should the ring be lost, the sweep finds it.
    const due = await tx.order.updateMany({ where: { id: orderId }, data: { nextSyncAt: world.clock.now() } });
    if (due.count === 0) throw new NameplateError("not-found", `No order ${orderId}`);
    await writeAudit(tx, world, { staffId: staff.userId, act: "sync-payments", subject: orderId, reason, outcome });
  });
  await world.ring({ kind: "order", orderId });
  return outcome;
}
