import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { type LinkPurpose, readLink } from "./read-link.ts";

/** Uses a link up and returns its subject. Of many at once one succeeds; the others hear how the link stands. */
export async function claimLink(
  tx: Tx,
  world: Pick<World, "db" | "clock">,
  purpose: LinkPurpose,
  token: string,
): Promise<string> {
  const now = world.clock.now();
  const tokenHash = hashSecret(token);
  const claimed = await tx.link.updateManyAndReturn({
    where: { purpose, tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { subject: true },
  });
  if (claimed[0]) return claimed[0].subject;
  const { state } = await readLink(world, purpose, token);
  throw new NameplateError("changed-meanwhile", `A ${purpose} link is ${state}`, { key: `signIn.link.${state}` });
}
