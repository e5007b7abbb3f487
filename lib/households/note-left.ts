import { pokeCustomers } from "@/lib/billing/poke-customers.ts";
import type { Tx } from "@/lib/db.ts";
import type { Report } from "@/lib/provisioning/reconcile.ts";
import type { Finding, Tenant } from "@/lib/provisioning/step.ts";
import type { World } from "@/lib/world.ts";
import { tellOfLeave } from "./tell-of-leave.ts";

/**
 * What follows from a look at the registrar: the name has left with its family, or is back in our list after all. Done twice it
 * is done once.
 */
export async function noteLeft(world: World, { id: tenantId, leave }: Tenant, { findings }: Report): Promise<void> {
  const domain = findings.get("domain") as Finding<"domain"> | undefined;
  if (domain?.state !== "settled") return;
  const elsewhere = domain.facts.elsewhere === true;
  if (elsewhere === (leave?.state === "left")) return;
  const { db, ring } = world;
  const told = await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Tenant" WHERE "id" = ${tenantId} FOR UPDATE`;
    const { want, nameLeftAt } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    if (want !== "present" || (nameLeftAt !== null) === elsewhere) return false;
    if (elsewhere) await markLeft(tx, world, tenantId);
    else await tx.tenant.update({ where: { id: tenantId }, data: { nameLeftAt: null } });
    return elsewhere;
  });
  if (told) await ring({ kind: "mail" });
}

/** From now on the name is held elsewhere: its leave is over, its code forgotten, and the bill is looked at anew. */
export async function markLeft(tx: Tx, world: Pick<World, "clock" | "ids">, tenantId: string): Promise<void> {
  const now = world.clock.now();
  const { order } = await tx.tenant.update({
    where: { id: tenantId },
    data: { nameLeftAt: now },
    include: { order: true },
  });
  const given = { tenantId, givenAt: { not: null }, OR: [{ endedHow: null }, { endedHow: "ran-out" }] };
  const leave =
    (await tx.nameLeave.findFirst({ where: given, orderBy: [{ askedAt: "desc" }, { id: "desc" }] })) ??
    (await tx.nameLeave.findUnique({ where: { open: tenantId } }));
  if (leave) {
    await tx.nameLeave.update({
      where: { id: leave.id },
      data: { open: null, sealed: null, endedAt: now, endedHow: "left" },
    });
    await tellOfLeave(tx, world, leave, "name-left");
  }
  if (order.stripeCustomerId) await pokeCustomers(tx, [order.stripeCustomerId], now);
}
