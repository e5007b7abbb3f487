import type { World } from "@/lib/world.ts";

/** What people who decided something are called, by their ids. */
export async function whoDecided(db: World["db"], ids: readonly string[]): Promise<(id: string) => string> {
  const users = await db.user.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true, email: true },
  });
  return (by) => {
    const user = users.find(({ id }) => id === by);
    return user?.name || user?.email || "";
  };
}
