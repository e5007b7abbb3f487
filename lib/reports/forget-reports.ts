import { daysAfter } from "@/lib/clock.ts";
import type { World } from "@/lib/world.ts";

/**
 * Whoever reported may disagree for six months (EU 2022/2065, article 20, asks for at least that), and 184 days are never fewer.
 * After them nothing needs their words or their mailbox any more.
 */
const keptDays = 184;

/** Answered since this moment or before: its words are forgotten. */
export const toForgetSince = (now: Date): Date => daysAfter(now, -keptDays);

/** Forgets what was said and by whom; the case, its dates and what was decided stay. */
export async function forgetReports({ db, clock }: Pick<World, "db" | "clock">): Promise<void> {
  const now = clock.now();
  await db.report.updateMany({
    where: { answeredAt: { lte: toForgetSince(now) }, dueAt: null, forgottenAt: null },
    data: { forgottenAt: now, text: null, email: null, appeal: null, userId: null, fromId: null },
  });
}
