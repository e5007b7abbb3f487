import type { HostEvent } from "@/lib/synapse/hear-host.ts";
import type { World } from "@/lib/world.ts";

/** What a home has to say is heard now, and not at the next look at it. */
export async function ringForHome(world: World, { event, name }: HostEvent): Promise<void> {
  await (event === "asked" ? hearQuestion(world, name) : lookAgain(world, event, name));
}

/** Somebody asks for a child. The time is written first: a ring that is lost costs a second. */
async function hearQuestion({ db, clock, ring }: World, name: string): Promise<void> {
  const tenant = await db.tenant.findUnique({ where: { holds: name }, select: { id: true } });
  if (!tenant) return;
  await db.tenant.update({ where: { id: tenant.id }, data: { nextAsksAt: clock.now() } });
  await ring({ kind: "asks", tenantId: tenant.id });
}

/**
 * A home that fell, or one that stands again after staff were told that it does not: its family's findings are looked at
 * now and not at the next check. Homes sleep and wake all day, which changes no finding and rings no bell.
 */
async function lookAgain(world: World, event: HostEvent["event"], name: string): Promise<void> {
  const fell = event === "crashed" || event === "failed";
  if (!fell && event !== "started" && event !== "born" && event !== "woke") return;
  const tenant = await world.db.tenant.findUnique({
    where: { holds: name },
    select: { id: true, steps: { where: { step: "homeserver" }, select: { state: true } } },
  });
  if (!tenant) return;
  const settled = tenant.steps[0]?.state === "settled";
  if (fell === settled) await world.ring({ kind: "tenant", tenantId: tenant.id });
}
