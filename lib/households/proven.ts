import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { secondsAfter } from "@/lib/clock.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { homeOf } from "./access.ts";

/** Long enough to read a page and press its button; an open browser that somebody finds is no proof. */
const provenSeconds = 600;

/** Whether they have just shown a passkey, or opened a link in their mailbox. */
export const isProven = ({ factor, since }: Pick<SignedIn, "factor" | "since">, now: Date): boolean =>
  factor !== "enrol" && secondsAfter(since, provenSeconds) > now;

/** Whoever signed in, and the home they speak of. */
export type SignedInFor = SignedIn & { readonly tenantId: string };

/** The home of whoever owns it. Others who may look at it find nothing here. */
export async function ownedHome(
  { db }: Pick<World, "db">,
  who: Pick<SignedInFor, "userId" | "tenantId">,
): Promise<Tenant> {
  const home = await homeOf({ db }, { userId: who.userId, tenantId: who.tenantId });
  const owner = await db.membership.findFirst({
    where: { userId: who.userId, tenantId: home.id, role: "owner" },
    select: { userId: true },
  });
  if (!owner) throw new NameplateError("not-found", "Not the owner of this home");
  return home;
}

/** The same, for what only its owner may do and only just after they have shown that it is them. */
export async function provenHome(world: Pick<World, "db" | "clock">, who: SignedInFor): Promise<Tenant> {
  const home = await ownedHome(world, who);
  if (!isProven(who, world.clock.now()))
    throw new NameplateError("not-signed-in", "Signed in too long ago", { key: "family.leave.errors.prove" });
  return home;
}
