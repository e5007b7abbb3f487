import { daysAfter } from "@/lib/clock.ts";
import type { World } from "@/lib/world.ts";

/** As for whoever was taken out of a home (decision 38): for so long it may have been a mistake, and be asked about. */
const keptDays = 30;

/** Since when it must be over for somebody who never joined, or left, to be forgotten. */
export const forgottenSince = (now: Date): Date => daysAfter(now, -keptDays);

/**
 * Forgets the mailbox and the address of those who look after no children here: whoever was asked and never said yes is forgotten whole,
 * and of whoever left stays what they are called, since what they decided is said with it.
 */
export async function forgetParents({ db, clock }: Pick<World, "db" | "clock">): Promise<void> {
  const since = forgottenSince(clock.now());
  await db.$transaction(async (tx) => {
    const never = await tx.parent.findMany({
      where: { joinedAt: null, until: { lte: since } },
      select: { id: true },
    });
    const ids = never.map(({ id }) => id);
    const asked = { cause: { in: ids.map((id) => `parent-asked:${id}`) } };
    // That a letter went stays known, so that it never goes twice.
    await tx.mail.updateMany({ where: asked, data: { to: "", values: {} } });
    await tx.link.deleteMany({ where: { purpose: "parent", subject: { in: ids } } });
    await tx.parent.deleteMany({ where: { id: { in: ids } } });
    await tx.parent.updateMany({
      where: { leftAt: { lte: since }, email: { not: "" } },
      data: { email: "", matrixId: null, personId: null },
    });
  });
}
