import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import type { Rest } from "@/lib/provisioning/step.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { type KnownBill, knownBill } from "./known-bill.ts";
import { restDay } from "./ladder.ts";
import { type OrderBill, owed } from "./read-bill.ts";

/**
 * Writes down whether an order's home rests, and why, from our copy of its bill and the clock; workers stop and start it. Safe at any
 * time, any number of times. What is not known puts no home to rest, and wakes none.
 */
export async function restOrWake(world: World, known: KnownBill): Promise<void> {
  const { db, ring } = world;
  const homes = await db.tenant.findMany({ where: { orderId: known.order.id }, orderBy: { id: "asc" } });
  for (const home of homes) {
    if (newReason(home, known, world) === undefined) continue;
    const changed = await db.$transaction((tx) => decide(tx, world, home.id));
    if (changed) await ring({ kind: "tenant", tenantId: home.id });
  }
}

async function decide(tx: Tx, world: World, tenantId: string): Promise<boolean> {
  // Whoever copied the bill later decides after us, and not beside us from what was true before.
  await tx.$queryRaw`SELECT 1 FROM "Tenant" WHERE "id" = ${tenantId} FOR UPDATE`;
  const { order, ...tenant } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, include: { order: true } });
  const because = newReason(tenant, await knownBill(tx, order), world);
  if (because === undefined) return false;
  const restsSince = because ? (tenant.restsSince ?? world.clock.now()) : null;
  await tx.tenant.update({ where: { id: tenantId }, data: { restsBecause: because, restsSince } });
  await pokeTenant(tx, world, tenantId);
  return true;
}

/** Undefined: it stays as it is. */
function newReason(
  { want, readyAt, restsBecause }: Tenant,
  { order, bill, disputed }: KnownBill,
  { clock }: World,
): Rest["because"] | null | undefined {
  // One that is still being made is nobody's to switch off; what goes back is not asked for.
  if (want !== "present" || !readyAt || order.state !== "paid") return undefined;
  const because = whyRest(bill, disputed, clock.now());
  return because === "unknown" || because === restsBecause ? undefined : because;
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
