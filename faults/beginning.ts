import type { Journey } from "./journeys.ts";
import type { Database, Kept } from "./world/database.ts";
import { Life, type Memory } from "./world/life.ts";
import type { Past } from "./world/past.ts";
import { SimWorld } from "./world/world.ts";

/** Where a journey's own story begins: everything that was so far, to go on from as often as one likes. */
export interface Beginning {
  readonly past: Past;
  readonly kept: Kept;
  readonly memory: Memory;
}

/** Not the one that a journey goes by, nor that of another journey's beginning: ids must not come a second time. */
const seedAfter = (after?: Journey): string => `what came before, and ${after?.name ?? "nobody"}`;

/** What comes before a journey is the same for each case of it, and for most journeys: it is gone through once in a process. */
const made = new WeakMap<Journey["run"], Beginning>();

/** Undefined where nothing came before: its world begins empty. */
export async function beginningOf(database: Database, journey: Journey): Promise<Beginning | undefined> {
  const last = journey.before ?? journey.after?.run;
  if (!last) return undefined;
  const known = made.get(last);
  if (known) return known;
  const begun = await goThrough(database, journey);
  made.set(last, begun);
  return begun;
}

async function goThrough(database: Database, { after, before }: Journey): Promise<Beginning> {
  const { world, life } = await openWorld(database, seedAfter(after), after && (await beginningOf(database, after)));
  const stage = { world, life, note: () => undefined };
  try {
    await after?.run(stage);
    await before?.(stage);
    // A ring that nobody heard yet is rung again, and none of those that were answered.
    const past = { ...world.past(), bells: [...world.rung] };
    return { past, kept: await database.keep(), memory: life.memory };
  } finally {
    await world.close();
  }
}

/** A world with life in it, empty or begun. */
export async function openWorld(
  database: Database,
  from: string,
  begun?: Beginning,
): Promise<{ readonly world: SimWorld; readonly life: Life }> {
  await database.empty();
  if (begun) await database.putBack(begun.kept);
  const world = new SimWorld(database, from, begun?.past);
  return { world, life: new Life(world, begun?.memory) };
}
