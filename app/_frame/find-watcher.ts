import { headers } from "next/headers";
import { signedIn } from "@/lib/auth/signed-in.ts";
import type { Who } from "@/lib/households/access.ts";
import { describeOrder } from "@/lib/orders/describe-order.ts";
import { web } from "@/lib/web.ts";
import { readOrderKey } from "./order-cookie.ts";

/** Who looks at an order or a home from this browser: its buyer, by cookie, or somebody signed in. Verbs ask what is theirs. */
export async function findWatcher(): Promise<Who | undefined> {
  const key = await readOrderKey();
  if (key && (await describeOrder(web().world, key))) return { key };
  const member = await signedIn(web().auth, await headers());
  return member && { userId: member.userId };
}
