import type { Journey } from "./journeys.ts";
import type { Database, Kept } from "./world/database.ts";
import { Life } from "./world/life.ts";
import type { Past } from "./world/past.ts";
import { SimWorld } from "./world/world.ts";

/** Where a journey's own story begins: everything that was so far, to go on from as often as one likes. */
export interface Beginning {
  readonly past: Past;
  readonly kept: Kept;
  /** Webhooks that came; they do not come again. */
  readonly delivered: readonly string[];
}

/** Another one than any journey goes by: ids must not come a second time. */
const seed = "what came before";

/** What comes before a journey is the same for each case of it, and for most journeys: it is gone through once in a process. */
const made = new WeakMap<NonNullable<Journey["before"]>, Beginning>();

/** Undefined where nothing came before: its world begins empty. */
export async function beginningOf(database: Database, { before }: Journey): Promise<Beginning | undefined> {
  if (!before) return undefined;
  const known = made.get(before);
  if (known) return known;
  const begun = await goThrough(database, before);
  made.set(before, begun);
  return begun;
}

async function goThrough(database: Database, before: NonNullable<Journey["before"]>): Promise<Beginning> {
  await database.empty();
  const world = new SimWorld(database, seed);
  const life = new Life(world);
  try {
    await before({ world, life, note: () => undefined });
    // A ring that nobody heard yet is rung again, and none of those that were answered.
    const past = { ...world.past(), bells: [...world.rung] };
    return { past, kept: await database.keep(), delivered: life.delivered };
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
  return { world, life: new Life(world, begun?.delivered) };
}
