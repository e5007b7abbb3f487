import type { Tx } from "@/lib/db.ts";

/** What people who decided something for a home are called there, by their ids: their given names, also when they have left. */
export async function whoDecided(
  db: Pick<Tx, "user" | "parent" | "membership" | "person">,
  tenantId: string,
  ids: readonly string[],
): Promise<(id: string) => string> {
  const all = { in: [...ids] };
  const parents = await db.parent.findMany({ where: { tenantId, userId: all }, orderBy: { joinedAt: "desc" } });
  const owners = await db.membership.findMany({ where: { tenantId, userId: all, role: "owner" } });
  const owner = await db.person.findFirst({ where: { tenantId, runsHome: true } });
  const users = await db.user.findMany({ where: { id: all }, select: { id: true, name: true, email: true } });
  return (by) => {
    if (owner && owners.some(({ userId }) => userId === by)) return owner.given;
    const user = users.find(({ id }) => id === by);
    return parents.find(({ userId }) => userId === by)?.given ?? (user?.name || user?.email || "");
  };
}
