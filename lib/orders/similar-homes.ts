import { easilyMistaken, skeletonOf } from "@/lib/names/skeleton.ts";
import type { World } from "@/lib/world.ts";

/** A name of a home here that stands in the way of another: the same one, or one that people would take for it. */
export interface HomeInTheWay {
  readonly home: string;
  readonly why: "same" | "similar";
}

/** Which of these names are homes here already, or easily mistaken for one. The others are not in the answer. */
export async function homesInTheWay(
  { db }: Pick<World, "db">,
  names: readonly string[],
): Promise<ReadonlyMap<string, HomeInTheWay>> {
  const skeletons = [...new Set(names.map(skeletonOf))];
  // The same folding as `skeletonOf`, in the same order; an index on this expression keeps it fast with many homes.
  const rows = await db.$queryRaw<{ holds: string }[]>`
    SELECT "holds" FROM "Tenant"
    WHERE replace(replace(translate(replace("holds", '-', ''), '01i', 'oll'), 'rn', 'm'), 'vv', 'w') = ANY(${skeletons})`;
  const found = new Map<string, HomeInTheWay>();
  for (const name of names) {
    const same = rows.some((row) => row.holds === name);
    const home = same ? name : rows.find((row) => easilyMistaken(row.holds, name))?.holds;
    if (home !== undefined) found.set(name, { home, why: same ? "same" : "similar" });
  }
  return found;
}
