import { daysAfter } from "@/lib/clock.ts";
import type { World } from "@/lib/world.ts";

/** Somebody who comes back to an old link still hears for so long that it was used or ran out. */
const toldDays = 7;

/** Which links' rows are forgotten, and that ran out how long ago. */
export const linksToForget = (now: Date) => ({
  purposes: ["sign-in", "staff-enrol", "stop-leave", "mine", "mine-open"],
  since: daysAfter(now, -toldDays),
});

/** Forgets what no longer lets anybody in: sessions and challenges that ran out, and a week later the links' own rows. */
export async function forgetSignIns({ db, clock }: Pick<World, "db" | "clock">): Promise<void> {
  const now = clock.now();
  await db.session.deleteMany({ where: { expiresAt: { lte: now } } });
  await db.verification.deleteMany({ where: { expiresAt: { lte: now } } });
  const { purposes, since } = linksToForget(now);
  await db.link.deleteMany({ where: { purpose: { in: purposes }, expiresAt: { lte: since } } });
}
