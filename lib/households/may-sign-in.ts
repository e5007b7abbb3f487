import type { Db } from "@/lib/db.ts";

/**
 * Whether a sign-in link is worth sending there: to who paid or pays for a home, runs one, or is on the staff. Nobody is told:
 * the page says the same either way.
 */
export async function maySignIn(db: Db, email: string): Promise<boolean> {
  const theirs = [{ email: { equals: email, mode: "insensitive" as const } }, { payerEmail: email.toLowerCase() }];
  const paid = await db.order.findFirst({
    where: { OR: theirs, paidAt: { not: null } },
    select: { id: true },
  });
  if (paid) return true;
  const user = await db.user.findUnique({ where: { email: email.toLowerCase() }, select: { id: true } });
  if (!user) return false;
  const where = { where: { userId: user.id }, select: { userId: true } };
  return (await db.membership.findFirst(where)) !== null || (await db.staffMember.findFirst(where)) !== null;
}
