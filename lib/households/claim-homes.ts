import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { World } from "@/lib/world.ts";

/**
 * Whoever opened a link in the mailbox that an order was paid with runs its home. Written down once; asked again at
 * each visit, for they may have bought another since.
 */
export async function claimHomes(
  { db, clock }: Pick<World, "db" | "clock">,
  who: Pick<SignedIn, "userId" | "email" | "emailVerified">,
): Promise<void> {
  // An enrolment link proves no mailbox.
  if (!who.emailVerified) return;
  const homes = await db.tenant.findMany({
    where: { want: "present", order: { email: { equals: who.email, mode: "insensitive" }, paidAt: { not: null } } },
    select: { id: true },
  });
  const known = await db.membership.findMany({ where: { userId: who.userId }, select: { tenantId: true } });
  const isNew = ({ id }: { id: string }) => !known.some(({ tenantId }) => tenantId === id);
  const since = clock.now();
  const rows = homes.filter(isNew).map(({ id }) => ({ userId: who.userId, tenantId: id, role: "owner", since }));
  if (rows.length > 0) await db.membership.createMany({ data: rows, skipDuplicates: true });
}
