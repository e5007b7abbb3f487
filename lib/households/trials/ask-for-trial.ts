import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import type { Member } from "../access.ts";
import { childOf, heldChild } from "../rules/child-of.ts";

/**
 * Trials of one child in a day. Whoever changes rules tries them before and after, and once more; each is a new account and a dozen
 * requests to the family's home, and one that is tried without end would be kept busy by it.
 */
export const mostADay = 5;

/** A parent wants a child's rules tried: a row, which a worker carries out within seconds. As long as one is open there is no other. */
export async function askForTrial(world: World, who: Member, personId: string): Promise<void> {
  const { db, clock, ids, ring } = world;
  const { home, child } = await childOf(world, who, personId);
  if (home.readyAt === null || home.restsSince !== null)
    throw new NameplateError("bad-input", `${home.id} does not stand`, { key: "family.try.errors.away" });
  const id = await db.$transaction(async (tx) => {
    await heldChild(tx, child);
    const now = clock.now();
    if (await tx.trial.findFirst({ where: { personId: child.id, state: { in: openStates } } })) return undefined;
    if ((await triedLately(tx, child.id, now)) >= mostADay)
      throw new NameplateError("too-often", `${mostADay} trials of ${child.id} in a day`, {
        key: "family.try.errors.often",
      });
    const row = { id: ids.id("trl"), tenantId: home.id, personId: child.id, askedAt: now, askedBy: who.userId };
    await tx.trial.create({ data: { ...row, state: "wanted", nextTryAt: now } });
    return row.id;
  });
  if (id) await ring({ kind: "trial", trialId: id });
}

/** Neither done nor failed. */
export const openStates = ["wanted", "running"];

export const triedLately = (tx: Pick<Tx, "trial">, personId: string, now: Date): Promise<number> =>
  tx.trial.count({ where: { personId, askedAt: { gt: daysAfter(now, -1) } } });
