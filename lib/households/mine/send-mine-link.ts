import { secondsAfter } from "@/lib/clock.ts";
import { hashSecret } from "@/lib/ids.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { linkMinutes, mineToken } from "./mine-secret.ts";

/**
 * Sends a link to their own page into somebody's own app: whoever can read there is that person. `who` is a whole Matrix id; of one that
 * lives in no home of ours nothing happens, and whoever asks hears the same.
 */
export async function sendMineLink(world: World, who: string): Promise<void> {
  const { db, clock, ids, linkKey, ring } = world;
  const [part = "", name = ""] = who.slice(1).split(":");
  const person = await db.person.findFirst({
    where: { part, ...livesThere, tenant: { name, want: "present", readyAt: { not: null }, restsSince: null } },
  });
  if (!person) return;
  const [id, now] = [ids.id("lnk"), clock.now()];
  const tokenHash = hashSecret(mineToken(linkKey, id));
  const expiresAt = secondsAfter(now, linkMinutes * 60);
  await db.$transaction(async (tx) => {
    await tx.link.create({ data: { id, purpose: "mine", subject: person.id, tokenHash, createdAt: now, expiresAt } });
    const values = { linkId: id, personId: person.id };
    await wantMail(tx, world, { cause: `mine:${id}`, kind: "mine", to: who, values });
  });
  await ring({ kind: "mail" });
}
