import { NameplateError } from "@/lib/errors.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { type OrderKey, ownOrder } from "@/lib/orders/own-order.ts";
import type { World } from "@/lib/world.ts";

/** Who asks for a home: the buyer, by the secret of their cookie, or somebody signed in, by their account. */
export type Who = { readonly key: OrderKey } | Member;

/** With several homes they say which one; the row that makes them its member is still asked for. */
export interface Member {
  readonly userId: string;
  readonly tenantId?: string;
}

/**
 * The home that is theirs. Asking by who they are is the authorisation: a home's id alone opens nothing. A stranger
 * hears the same "not found" as for a home that does not exist; one that is being taken down is nobody's any more.
 */
export async function homeOf({ db }: Pick<World, "db">, who: Who): Promise<Tenant> {
  const home = "key" in who ? await bought(db, who.key) : await joined(db, who);
  if (!home) throw new NameplateError("not-found", "No home is theirs");
  return home;
}

async function bought(db: World["db"], key: OrderKey): Promise<Tenant | null> {
  const order = await ownOrder(db, key);
  return db.tenant.findFirst({ where: { orderId: order.id, want: "present" }, orderBy: { createdAt: "desc" } });
}

/** With several homes and none named, the one they came to last. */
async function joined(db: World["db"], { userId, tenantId }: Member): Promise<Tenant | null> {
  const memberships = await db.membership.findMany({
    where: tenantId === undefined ? { userId } : { userId, tenantId },
    orderBy: { since: "desc" },
  });
  const homes = await db.tenant.findMany({
    where: { id: { in: memberships.map((one) => one.tenantId) }, want: "present" },
  });
  const ofMembership = ({ tenantId }: { tenantId: string }) => homes.find((home) => home.id === tenantId);
  return memberships.map(ofMembership).find((home) => home !== undefined) ?? null;
}
