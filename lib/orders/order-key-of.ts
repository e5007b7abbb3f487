import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { orderKey } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";

/**
 * The key of the newest order that was paid with this mailbox, for a buyer on another device than the one they paid on:
 * whoever opened a link in that mailbox may do what its cookie may. Undefined when they paid for nothing.
 */
export async function orderKeyOf(
  { db, linkKey }: Pick<World, "db" | "linkKey">,
  member: Pick<SignedIn, "email" | "emailVerified">,
): Promise<OrderKey | undefined> {
  // An enrolment link proves no mailbox.
  if (!member.emailVerified) return undefined;
  const order = await db.order.findFirst({
    where: { email: { equals: member.email, mode: "insensitive" }, paidAt: { not: null } },
    orderBy: { paidAt: "desc" },
  });
  const key = order && orderKey(linkKey, order.id);
  return key && order.keyHash === hashSecret(key) ? key : undefined;
}
