import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { type Member, personOf } from "../access.ts";
import { newestHouseTerms } from "./newest-house-terms.ts";

/**
 * Writes down that somebody read the house terms together with whoever sees to them, and agrees: a parent for a child, whoever runs
 * the home for an adult. `nth` is the version that they read; an older one is not what holds. Twice is once.
 */
export async function readTogether(
  world: World,
  who: Member,
  { personId, nth }: { readonly personId: string; readonly nth: number },
): Promise<void> {
  const { home } = await personOf(world, who, personId);
  await world.db.$transaction(async (tx) => {
    // No new version comes in between.
    await tx.$queryRaw`SELECT 1 FROM "Tenant" WHERE "id" = ${home.id} FOR UPDATE`;
    const newest = await newestHouseTerms(tx, home.id);
    if (newest?.nth !== nth) throw new NameplateError("changed-meanwhile", "Other house terms hold");
    const data = [{ personId, nth, at: world.clock.now(), how: "together", agrees: true, by: who.userId }];
    await tx.houseAcceptance.deleteMany({ where: { personId, nth, agrees: false } });
    await tx.houseAcceptance.createMany({ data, skipDuplicates: true });
  });
}
