import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import type { World } from "@/lib/world.ts";

/**
 * So long what a parent agreed to is kept once nothing of it is done any more: a year, in which whoever doubts that they were asked
 * has come to know of it, and no longer.
 */
const proofDays = 365;

/** From now on it only shows that it was given: the child is gone, or is eighteen. Its day is set once. */
export async function keepForProof(tx: Pick<Tx, "consent">, personId: string, now: Date): Promise<void> {
  await tx.consent.updateMany({
    where: { personId, keptUntil: null },
    data: { keptUntil: daysAfter(now, proofDays) },
  });
}

/** Consents whose year is over. The sweep asks each half minute. */
export async function forgetConsents({ db, clock }: World): Promise<void> {
  await db.consent.deleteMany({ where: { keptUntil: { lte: clock.now() } } });
}
