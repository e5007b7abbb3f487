import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { pokeCustomers } from "@/lib/billing/poke-customers.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import { bellId } from "@/lib/queue/bell-shape.ts";
import type { Bell, World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** Fetches the truth about an order's payments and refunds, and copies its bills anew: rings for the functions that webhooks lead to. */
export async function syncPayments(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly orderId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { orderId } = asked;
  const outcome: Said = { key: "staff.outcome.sync" };
  const customers = await world.db.$transaction(async (tx) => {
    // Whoever paid it; twice, where it was paid twice.
    const theirs = await tx.customer.findMany({ where: { orderId }, select: { id: true } });
    const bells = theirs.map(({ id }): Bell => ({ kind: "bill", customerId: id }));
    await tx.failedBell.deleteMany({
      where: { id: { in: [{ kind: "order", orderId } as const, ...bells].map(bellId) } },
    });
    // Due now: should the ring be lost, the sweep finds it.
    const due = await tx.order.updateMany({ where: { id: orderId }, data: { nextSyncAt: world.clock.now() } });
    if (due.count === 0) throw new NameplateError("not-found", `No order ${orderId}`);
    await pokeCustomers(
      tx,
      theirs.map(({ id }) => id),
      world.clock.now(),
    );
    await writeAudit(tx, world, { staffId: staff.userId, act: "sync-payments", subject: orderId, reason, outcome });
    return bells;
  });
  for (const bell of [{ kind: "order", orderId } as const, ...customers]) await world.ring(bell);
  return outcome;
}
