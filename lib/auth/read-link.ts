import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";

export type LinkState =
  | { readonly state: "good"; readonly subject: string }
  | { readonly state: "used" }
  | { readonly state: "ran-out" }
  | { readonly state: "unknown" };

export type LinkPurpose = "sign-in" | "staff-enrol" | "stop-leave" | "mine";

/** How a single-use link stands. Only looks: opening a link, or a mail scanner opening it, uses nothing up. */
export async function readLink(
  { db, clock }: Pick<World, "db" | "clock">,
  purpose: LinkPurpose,
  token: string,
): Promise<LinkState> {
  const link = await db.link.findUnique({ where: { tokenHash: hashSecret(token) } });
  if (link?.purpose !== purpose) return { state: "unknown" };
  if (link.usedAt) return { state: "used" };
  if (link.expiresAt <= clock.now()) return { state: "ran-out" };
  return { state: "good", subject: link.subject };
}
