import type { Tx } from "@/lib/db.ts";
import type { Parent, Person, Tenant } from "@/lib/generated/prisma/client.ts";
import { standingParents } from "@/lib/tenants/household-of.ts";

/** Two have equal say: a third whom one of them brings would outvote the other. */
export const mostParents = 2;

/** Somebody who looks after the children of a home. */
export interface HomeParent {
  /** Null for whoever runs the home. */
  readonly id: string | null;
  readonly given: string;
  readonly email: string;
  /** Their own address at this home, where they have one: the whole Matrix id. */
  readonly at: string | null;
}

/** Everybody who looks after the children of this home: whoever runs it first. */
export async function parentsOf(
  db: Pick<Tx, "tenant" | "parent">,
  { id: tenantId }: Pick<Tenant, "id">,
): Promise<readonly HomeParent[]> {
  const { name, ownerIsParent, order, people } = await db.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    include: { order: { select: { email: true } }, people: { where: { runsHome: true } } },
  });
  const at = (person: Pick<Person, "part"> | null | undefined) => (person ? `@${person.part}:${name}` : null);
  const [runner] = people;
  const owner = {
    ...{ id: null, given: runner?.given ?? "", email: (order.email ?? "").toLowerCase() },
    at: at(runner),
  };
  const others = await db.parent.findMany({
    where: { tenantId, ...standingParents },
    include: { person: true },
    orderBy: { joinedAt: "asc" },
  });
  return [
    ...(ownerIsParent ? [owner] : []),
    // Whoever runs the home and was asked back is one by the home's own row.
    ...others
      .filter(({ email }) => email !== owner.email)
      .map(({ id, given, email, person }) => ({
        ...{ id, given, email },
        at: at(person?.takenOutAt ? null : person),
      })),
  ];
}

/** Who is asked just now and has not answered. */
export async function openInvite(db: Pick<Tx, "parent">, tenantId: string, now: Date): Promise<Parent | null> {
  return db.parent.findFirst({
    where: { tenantId, joinedAt: null, takenBackAt: null, until: { gt: now } },
    orderBy: [{ askedAt: "desc" }, { id: "desc" }],
  });
}

/** The lock: who looks after the children of a home changes by one press at a time. */
export async function holdParents(tx: Tx, { id }: Pick<Tenant, "id">): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Tenant" WHERE "id" = ${id} FOR UPDATE`;
}
