import { beginningOf, openWorld } from "./beginning.ts";
import type { Place, Stage } from "./case.ts";
import { type Journey, journeys } from "./journeys.ts";
import type { Database } from "./world/database.ts";

export type JourneyName = keyof typeof journeys;

/** What one journey passes when nothing goes wrong. Cases are made from this, so a new call has its cases by itself. */
export interface Passed {
  readonly journey: JourneyName;
  /** Calls in the vendors' own names, in their order, such as `registrations.create`. */
  readonly stripe: readonly string[];
  readonly cloudflare: readonly string[];
  /** Every place of our own processes, in their order. */
  readonly places: readonly Place[];
}

export const journeyNames = Object.keys(journeys) as readonly JourneyName[];

/** What the journeys passed that ended where this one begins, each where the next one begins, oldest first. */
export function passedBefore(passed: readonly Passed[], name: JourneyName): readonly Passed[] {
  const { after }: Journey = journeys[name];
  const last = after && passed.find(({ journey }) => journeys[journey] === after);
  return last ? [...passedBefore(passed, last.journey), last] : [];
}

/** The seed by which a journey is gone when nothing goes wrong. */
export const seedOf = (name: JourneyName): string => `reference ${name}`;

/** Goes a journey once. */
export async function pass(database: Database, name: JourneyName): Promise<Passed> {
  const journey: Journey = journeys[name];
  const { world, life } = await openWorld(database, seedOf(name), await beginningOf(database, journey));
  const places: Place[] = [];
  const counts = new Map<string, number>();
  try {
    const { stripeFaults, cloudflareFaults } = world.vendors;
    world.fate = async ({ kind, name, moment }) => {
      const key = `${moment} ${name}`;
      const nth = (counts.get(key) ?? 0) + 1;
      counts.set(key, nth);
      places.push({ kind, name, moment, nth });
    };
    await journey.run({ world, life, note: () => undefined });
    return {
      journey: name,
      stripe: stripeFaults.asked,
      cloudflare: cloudflareFaults.asked,
      places,
    };
  } finally {
    await world.close();
  }
}

/** Goes a journey, with `plan` laid where its own story begins; what came before is in its world (`goesAs` of the case). */
export const going = (name: JourneyName, plan: (stage: Stage) => Promise<void>) => async (stage: Stage) => {
  await plan(stage);
  await journeys[name].run(stage);
  await stage.world.atEnd();
};
