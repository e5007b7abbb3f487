import { Prisma } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";

/** A sweep forgets so many at once; the next one takes the rest. */
const atOnce = 500;

/** What a draft holds about people. Name, sums and times stay where a payment page was opened, for the books. */
const nobody = {
  email: null,
  given: null,
  part: null,
  people: [],
  deed: Prisma.DbNull,
  typed: Prisma.DbNull,
};

/**
 * Forgets drafts that nobody came back to for 30 days: deletes them, or, where a payment page was once opened, clears
 * what they hold about people. Returns how many. The privacy page promises it.
 */
export async function forgetDrafts({ db, clock }: Pick<World, "db" | "clock">): Promise<number> {
  const now = clock.now();
  const old = await db.order.findMany({
    where: { state: "draft", expiresAt: { lte: now } },
    select: { id: true, _count: { select: { checkouts: true } } },
    orderBy: [{ expiresAt: "asc" }, { id: "asc" }],
    take: atOnce,
  });
  if (old.length === 0) return 0;
  const [tried, untried] = [
    old.filter((order) => order._count.checkouts > 0),
    old.filter((order) => order._count.checkouts === 0),
  ];
  const ids = (orders: typeof old) => orders.map((order) => order.id);
  // Asked again in each write: somebody may have come back since they were read.
  const still = { state: "draft" as const, expiresAt: { lte: now } };
  const [, deleted, cleared] = await db.$transaction([
    db.link.deleteMany({ where: { purpose: "saved", subject: { in: ids(old) }, expiresAt: { lte: now } } }),
    db.order.deleteMany({ where: { id: { in: ids(untried) }, ...still, checkouts: { none: {} } } }),
    db.order.updateMany({
      where: { id: { in: ids(tried) }, ...still },
      data: { ...nobody, state: "expired", updatedAt: now },
    }),
  ]);
  return deleted.count + cleared.count;
}
