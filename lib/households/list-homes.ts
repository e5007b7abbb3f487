import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { World } from "@/lib/world.ts";
import { claimHomes } from "./claim-homes.ts";

export interface HomeLine {
  readonly tenantId: string;
  readonly name: string;
  readonly ready: boolean;
}

/** Every home that somebody runs, by name. */
export async function listHomes(world: Pick<World, "db" | "clock">, who: SignedIn): Promise<HomeLine[]> {
  await claimHomes(world, who);
  const memberships = await world.db.membership.findMany({ where: { userId: who.userId } });
  const homes = await world.db.tenant.findMany({
    where: { id: { in: memberships.map((one) => one.tenantId) }, want: "present" },
    orderBy: { name: "asc" },
  });
  return homes.map((home) => ({ tenantId: home.id, name: home.name, ready: home.readyAt !== null }));
}
