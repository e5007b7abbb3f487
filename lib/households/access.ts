import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Person, Tenant } from "@/lib/generated/prisma/client.ts";
import { type OrderKey, ownOrder } from "@/lib/orders/own-order.ts";
import type { World } from "@/lib/world.ts";

/** Who asks for a home: the buyer, by the secret of their cookie, or somebody signed in, by their account. */
export type Who = { readonly key: OrderKey } | Member;

/** With several homes they say which one; the row that makes them its member is still asked for. */
export interface Member {
  readonly userId: string;
  readonly tenantId?: string;
}

/** What somebody is to a home: they run it, or pay for it, or both. */
export interface Part {
  readonly home: Tenant;
  readonly runs: boolean;
  readonly pays: boolean;
}

const notTheirs = () => new NameplateError("not-found", "No home is theirs");

/**
 * The home that is theirs to run. Asking by who they are is the authorisation: a home's id alone opens nothing. A stranger
 * hears the same "not found" as for a home that does not exist; one that is being taken down is nobody's any more.
 */
export async function homeOf({ db }: Pick<World, "db">, who: Who): Promise<Tenant> {
  const home = "key" in who ? await bought(db, who.key) : await joined(db, who, runs);
  if (!home) throw notTheirs();
  return home;
}

/** The home whose children are theirs to look after: of each of its parents, who need not be the one who runs it. */
export async function careOf({ db }: { readonly db: Tx }, who: Who): Promise<Tenant> {
  const home = "key" in who ? await bought(db, who.key) : await joined(db, who, isParent);
  if (!home || ("key" in who && !home.ownerIsParent)) throw notTheirs();
  return home;
}

/** Somebody who lives in a home, for those who see to them: a child for its parents, an adult for whoever runs the home. */
export async function personOf(
  world: Pick<World, "db">,
  who: Who,
  personId: string,
): Promise<{ readonly home: Tenant; readonly person: Person }> {
  const person = await world.db.person.findUnique({ where: { id: personId } });
  const home = await (person?.kind === "child" ? careOf : homeOf)(world, who);
  if (person?.tenantId !== home.id || person.takenOutAt)
    throw new NameplateError("not-found", "No such person in this home");
  return { home, person };
}

/** The home whose bill is theirs to see and to change: of whoever pays, who need not be the one who runs it. */
export async function billOf(world: Pick<World, "db">, who: Member): Promise<Tenant> {
  const { home, pays } = await partOf(world, who);
  if (!pays) throw notTheirs();
  return home;
}

/** The home that they run or pay for. Each verb says which of the two it asks for. */
export async function partOf({ db }: Pick<World, "db">, who: Member): Promise<Part> {
  const [mine, paid] = [await joined(db, who, runs), await paidBy(db, who)];
  const home = mine ?? paid[0];
  if (!home) throw notTheirs();
  const { payerEmail } = await db.order.findUniqueOrThrow({
    where: { id: home.orderId },
    select: { payerEmail: true },
  });
  // As long as nobody else took over, whoever runs the home pays for it.
  const pays = payerEmail === null ? mine !== null : paid.some(({ id }) => id === home.id);
  return { home, runs: mine !== null, pays };
}

/** The homes whose bill goes to the mailbox that they opened a link in. An enrolment link proves no mailbox. */
export async function paidBy(db: World["db"], { userId, tenantId }: Member): Promise<Tenant[]> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { email: true, emailVerified: true } });
  if (!user?.emailVerified) return [];
  return db.tenant.findMany({
    where: {
      ...(tenantId === undefined ? {} : { id: tenantId }),
      ...{ want: "present", order: { payerEmail: user.email.toLowerCase() } },
    },
    orderBy: { createdAt: "desc" },
  });
}

async function bought(db: Tx, key: OrderKey): Promise<Tenant | null> {
  const order = await ownOrder(db, key);
  return db.tenant.findFirst({ where: { orderId: order.id, want: "present" }, orderBy: { createdAt: "desc" } });
}

type IsTheirs = (role: string, home: Tenant) => boolean;
const runs: IsTheirs = (role) => role === "owner";
/** Whether a member of this role decides about the children who live there. */
export const isParent: IsTheirs = (role, { ownerIsParent }) => role === "parent" || (role === "owner" && ownerIsParent);

/** With several homes and none named, the one they came to last. */
async function joined(db: Tx, { userId, tenantId }: Member, isTheirs: IsTheirs): Promise<Tenant | null> {
  const memberships = await db.membership.findMany({
    where: tenantId === undefined ? { userId } : { userId, tenantId },
    orderBy: { since: "desc" },
  });
  const homes = await db.tenant.findMany({
    where: { id: { in: memberships.map((one) => one.tenantId) }, want: "present" },
  });
  return (
    memberships
      .map(({ tenantId, role }) => homes.find((home) => home.id === tenantId && isTheirs(role, home)))
      .find((home) => home !== undefined) ?? null
  );
}
