import type { World } from "@/lib/world.ts";

/**
 * Whether a sign-in link is worth sending there: to who paid or pays for a home, runs one, looks after its children or is asked to, or is
 * on the staff. Nobody is told:
 * the page says the same either way.
 */
export async function maySignIn({ db, clock }: Pick<World, "db" | "clock">, email: string): Promise<boolean> {
  const theirs = [{ email: { equals: email, mode: "insensitive" as const } }, { payerEmail: email.toLowerCase() }];
  const paid = await db.order.findFirst({
    where: { OR: theirs, paidAt: { not: null } },
    select: { id: true },
  });
  if (paid) return true;
  const asked = { email: email.toLowerCase(), joinedAt: null, takenBackAt: null, until: { gt: clock.now() } };
  if ((await db.parent.count({ where: asked })) > 0) return true;
  const user = await db.user.findUnique({ where: { email: email.toLowerCase() }, select: { id: true } });
  if (!user) return false;
  const where = { where: { userId: user.id }, select: { userId: true } };
  return (await db.membership.findFirst(where)) !== null || (await db.staffMember.findFirst(where)) !== null;
}
