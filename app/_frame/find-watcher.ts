import { headers } from "next/headers";
import { cache } from "react";
import { signedIn } from "@/lib/auth/signed-in.ts";
import type { Who } from "@/lib/households/access.ts";
import { describeOrder } from "@/lib/orders/describe-order.ts";
import { orderKeyOf } from "@/lib/orders/order-key-of.ts";
import type { OrderKey } from "@/lib/orders/own-order.ts";
import { web } from "@/lib/web.ts";
import { readOrderKey } from "./order-cookie.ts";

/**
 * Who looks at an order or a home from this browser: its buyer, by cookie or by the mailbox they signed in with, or
 * somebody else signed in. Verbs ask what is theirs. Asked once a request.
 */
export const findWatcher = cache(async (): Promise<Who | undefined> => {
  const { world, auth } = web();
  const cookie = await readOrderKey();
  if (cookie && (await describeOrder(world, cookie))) return { key: cookie };
  const member = await signedIn(auth, world.clock, await headers());
  if (!member) return undefined;
  const key = await orderKeyOf(world, member);
  return key ? { key } : { userId: member.userId };
});

/** The same for acts that only the buyer may do. */
export async function findBuyer(): Promise<OrderKey | undefined> {
  const who = await findWatcher();
  return who && "key" in who ? who.key : undefined;
}
