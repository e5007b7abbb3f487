import { claimLink } from "@/lib/auth/claim-link.ts";
import { secondsAfter } from "@/lib/clock.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { openSeconds } from "./mine-secret.ts";

/** Uses a link up, and returns the secret by which this browser shows that person's page for an hour. */
export async function openMine(world: World, token: string): Promise<string> {
  const { db, clock, ids } = world;
  const secret = ids.secret();
  await db.$transaction(async (tx) => {
    const subject = await claimLink(tx, world, "mine", token);
    const now = clock.now();
    const [tokenHash, expiresAt] = [hashSecret(secret), secondsAfter(now, openSeconds)];
    const open = { id: ids.id("lnk"), purpose: "mine-open", subject, tokenHash, createdAt: now, expiresAt };
    await tx.link.create({ data: open });
  });
  return secret;
}

/** The browser's page is closed: its secret opens nothing any more. */
export async function closeMine({ db }: Pick<World, "db">, secret: string): Promise<void> {
  await db.link.deleteMany({ where: { purpose: "mine-open", tokenHash: hashSecret(secret) } });
}
