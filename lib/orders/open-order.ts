import { daysAfter } from "@/lib/clock.ts";
import { NameplateError } from "@/lib/errors.ts";
import { derivedSecret, hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { type Draft, readDraft } from "./draft.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";
import { draftDays, otherWindow } from "./save-draft.ts";

/**
 * The secret of an order's cookie. Derived from its id, so that a link sent later opens the same order in a second
 * browser without shutting the first one out.
 */
export const orderKey = (linkKey: string, orderId: string): OrderKey => derivedSecret(linkKey, "order", orderId);

/** The draft this key opens; a fresh one when there is none or it has been bought. Its key goes into the cookie. */
export async function openOrder(
  world: World,
  key: OrderKey | undefined,
): Promise<{ readonly key: OrderKey; readonly draft: Draft }> {
  const known = await findDraft(world, key);
  if (key && known && (known.state === "draft" || known.state === "checkout")) return { key, draft: known };
  const { db, clock, ids, linkKey } = world;
  const now = clock.now();
  const id = ids.id("ord");
  const fresh = orderKey(linkKey, id);
  const order = await db.order.create({
    data: {
      id,
      state: "draft",
      keyHash: hashSecret(fresh),
      createdAt: now,
      updatedAt: now,
      expiresAt: daysAfter(now, draftDays),
    },
  });
  return { key: fresh, draft: readDraft(order) };
}

/** The order this key opens, or undefined: nothing begun, or begun too long ago. */
export async function findDraft(world: Pick<World, "db">, key: OrderKey | undefined): Promise<Draft | undefined> {
  try {
    const order = await ownOrder(world.db, key);
    return order.state === "expired" ? undefined : readDraft(order);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") return undefined;
    throw error;
  }
}

/** The draft this key opens, to be changed. Throws when there is none or it is a draft no more. */
export async function ownDraft(world: Pick<World, "db">, key: OrderKey | undefined): Promise<Draft> {
  const draft = readDraft(await ownOrder(world.db, key));
  if (draft.state !== "draft") throw otherWindow(`Order ${draft.id} is ${draft.state}`);
  return draft;
}
