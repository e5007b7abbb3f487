import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { World } from "@/lib/world.ts";
import { paidBy } from "./access.ts";
import { claimHomes } from "./claim-homes.ts";

export interface HomeLine {
  readonly tenantId: string;
  readonly name: string;
  readonly ready: boolean;
  /** Whether they run it; otherwise they pay for it, and that is all they see of it. */
  readonly runs: boolean;
}

/** Every home that somebody runs or pays for, by name. */
export async function listHomes(world: Pick<World, "db" | "clock">, who: SignedIn): Promise<HomeLine[]> {
  await claimHomes(world, who);
  const memberships = await world.db.membership.findMany({ where: { userId: who.userId } });
  const run = memberships.map((one) => one.tenantId);
  const paid = (await paidBy(world.db, { userId: who.userId })).map(({ id }) => id);
  const homes = await world.db.tenant.findMany({
    where: { id: { in: [...run, ...paid] }, want: "present" },
    orderBy: { name: "asc" },
  });
  return homes.map(({ id, name, readyAt }) => ({
    tenantId: id,
    name,
    ready: readyAt !== null,
    runs: run.includes(id),
  }));
}
