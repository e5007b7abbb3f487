import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { homeOf, type Member } from "../access.ts";
import { askAgain } from "./ask-again.ts";
import { longestHouseText, tidyHouseText } from "./house-text.ts";
import { newestHouseTerms } from "./newest-house-terms.ts";

export interface SavedText {
  readonly text: string;
  /** The version that was on the page as they began to write; 0 for none. */
  readonly seen: number;
}

/**
 * Writes a new version of the house terms down, and that whoever runs the home agrees to it. The same text once more is none. Says
 * which version holds. Only whoever runs the home may: one pen, so that two parents do not write against each other.
 */
export async function saveHouseTerms(world: World, who: Member, { text: typed, seen }: SavedText): Promise<number> {
  const home = await homeOf(world, who);
  const tenantId = home.id;
  const text = tidyHouseText(typed);
  if (text === "" || text.length > longestHouseText)
    throw new NameplateError("bad-input", "House terms are empty or too long", {
      key: text === "" ? "family.house.errors.empty" : "family.house.errors.long",
      values: { most: longestHouseText, n: text.length },
    });
  const saved = await world.db.$transaction(async (tx) => {
    // Of two windows one is first; the other hears that it was changed meanwhile.
    await tx.$queryRaw`SELECT 1 FROM "Tenant" WHERE "id" = ${tenantId} FOR UPDATE`;
    const newest = await newestHouseTerms(tx, tenantId);
    if (newest?.text === text) return newest.nth;
    const nth = (newest?.nth ?? 0) + 1;
    if (seen !== nth - 1)
      throw new NameplateError("changed-meanwhile", "The house terms were changed meanwhile", {
        key: "family.house.errors.changed",
      });
    const [at, by] = [world.clock.now(), who.userId];
    await tx.houseTerms.create({ data: { tenantId, nth, text, at, by } });
    const runs = await tx.person.findMany({ where: { tenantId, runsHome: true }, select: { id: true } });
    const said = { nth, at, how: "saved", agrees: true, by };
    await tx.houseAcceptance.createMany({ data: runs.map(({ id }) => ({ personId: id, ...said })) });
    await askAgain(tx, world, home, nth);
    return nth;
  });
  await world.ring({ kind: "mail" });
  return saved;
}
