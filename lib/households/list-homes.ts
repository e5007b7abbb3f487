import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { World } from "@/lib/world.ts";
import { isParent, paidBy } from "./access.ts";
import { claimHomes } from "./claim-homes.ts";

export interface HomeLine {
  readonly tenantId: string;
  readonly name: string;
  readonly ready: boolean;
  readonly runs: boolean;
  /** Whether its bill goes to their mailbox, though another bought it. */
  readonly pays: boolean;
  /** Whether its children are theirs to look after. */
  readonly cares: boolean;
}

/** Every home that somebody runs, pays for or looks after the children of, by name. */
export async function listHomes(world: Pick<World, "db" | "clock">, who: SignedIn): Promise<HomeLine[]> {
  await claimHomes(world, who);
  const memberships = await world.db.membership.findMany({ where: { userId: who.userId } });
  const roles = new Map(memberships.map(({ tenantId, role }) => [tenantId, role]));
  const paid = (await paidBy(world.db, { userId: who.userId })).map(({ id }) => id);
  const homes = await world.db.tenant.findMany({
    where: { id: { in: [...roles.keys(), ...paid] }, want: "present" },
    orderBy: { name: "asc" },
  });
  return homes.map((home) => ({
    tenantId: home.id,
    name: home.name,
    ready: home.readyAt !== null,
    runs: roles.get(home.id) === "owner",
    pays: paid.includes(home.id),
    cares: isParent(roles.get(home.id) ?? "", home),
  }));
}
