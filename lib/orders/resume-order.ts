import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { orderKey } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";

/** How a link to a saved order stands. `name` is what had been chosen. */
export type SavedLink =
  | { readonly state: "good"; readonly name: string | null }
  | { readonly state: "used" | "ran-out" | "unknown" };

/** Looks at a link without using it: opening a mail's link must not consume it, for mail programs open links too. */
export async function lookAtSavedLink({ db, clock }: Pick<World, "db" | "clock">, token: string): Promise<SavedLink> {
  const link = await db.link.findUnique({ where: { tokenHash: hashSecret(token) } });
  if (link?.purpose !== "saved") return { state: "unknown" };
  if (link.usedAt) return { state: "used" };
  const order = await db.order.findUnique({ where: { id: link.subject } });
  if (!order || order.state === "expired" || link.expiresAt <= clock.now()) return { state: "ran-out" };
  return { state: "good", name: order.name };
}

/** Uses a link, once: the key that opens its order in this browser. Undefined when the link is no good any more. */
export async function resumeOrder(
  { db, clock, linkKey }: Pick<World, "db" | "clock" | "linkKey">,
  token: string,
): Promise<OrderKey | undefined> {
  const now = clock.now();
  const tokenHash = hashSecret(token);
  // Used only once even when pressed twice at the same moment: the second finds no row to change.
  const used = await db.link.updateMany({
    where: { tokenHash, purpose: "saved", usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (used.count === 0) return undefined;
  const link = await db.link.findUniqueOrThrow({ where: { tokenHash } });
  const order = await db.order.findUnique({ where: { id: link.subject } });
  return order && order.state !== "expired" ? orderKey(linkKey, order.id) : undefined;
}
