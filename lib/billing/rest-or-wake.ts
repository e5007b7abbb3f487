import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import type { Rest } from "@/lib/provisioning/step.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { isDisputed } from "./dispute.ts";
import { restDay } from "./ladder.ts";
import { type OrderBill, owed, readBill } from "./read-bill.ts";

/**
 * Writes down whether the homes of a customer rest, and why, from our copy of their bill and the clock; workers stop and start them.
 * Safe at any time, any number of times. What is not known puts no home to rest, and wakes none.
 */
export async function restOrWake(world: World, customerId: string): Promise<void> {
  const { db, ring } = world;
  const homes = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT t."id" FROM "Tenant" t JOIN "Subscription" s ON s."orderId" = t."orderId"
    WHERE s."customerId" = ${customerId} AND t."want" = 'present' ORDER BY t."id"`;
  for (const { id } of homes) {
    const changed = await db.$transaction((tx) => decide(tx, world, id));
    if (changed) await ring({ kind: "tenant", tenantId: id });
  }
}

async function decide(tx: Tx, world: World, tenantId: string): Promise<boolean> {
  // Whoever copied the bill later decides after us, and not beside us from what was true before.
  await tx.$queryRaw`SELECT 1 FROM "Tenant" WHERE "id" = ${tenantId} FOR UPDATE`;
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, include: { order: true } });
  // One that is still being made is nobody's to switch off; what goes back is not asked for.
  if (tenant.want !== "present" || !tenant.readyAt || tenant.order.state !== "paid") return false;
  const now = world.clock.now();
  const [bill, disputed] = [await readBill(tx, tenant.orderId), await isDisputed(tx, tenant.orderId)];
  const because = whyRest(bill, disputed, now);
  if (because === "unknown" || because === tenant.restsBecause) return false;
  const restsSince = because ? (tenant.restsSince ?? now) : null;
  await tx.tenant.update({ where: { id: tenantId }, data: { restsBecause: because, restsSince } });
  await pokeTenant(tx, world, tenantId);
  return true;
}

/** Null: it is to be awake. */
function whyRest(
  { subscription, standing, twice, leftAt }: OrderBill,
  disputed: boolean,
  now: Date,
): Rest["because"] | "unknown" | null {
  // Nothing was copied yet, or the vendor has forgotten them: then what we have says nothing of today. Nor does one of two bills.
  if (!subscription || subscription.customer.gone || twice) return "unknown";
  const { id, customer } = subscription;
  if (leftAt) return "ended";
  // Of this subscription: an old one's, or a single bill that somebody made at the vendor's, switches nothing off.
  const oldest = owed(standing.filter(({ subscriptionId }) => subscriptionId === id));
  const restAt = oldest && daysAfter(oldest.createdAt, restDay);
  if (!restAt || restAt > now) return null;
  // Nothing is asked for meanwhile, so nothing follows from its not being paid.
  if (disputed) return "unknown";
  // It may have been paid since our copy was made.
  return customer.askedAt && customer.askedAt >= restAt ? "unpaid" : "unknown";
}
