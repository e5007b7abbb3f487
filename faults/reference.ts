import type { Place, Stage } from "./case.ts";
import { type Journey, journeys } from "./journeys.ts";
import type { Database } from "./world/database.ts";
import { Life } from "./world/life.ts";
import { SimWorld } from "./world/world.ts";

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

/** The seed by which a journey is gone when nothing goes wrong. */
export const seedOf = (name: JourneyName): string => `reference ${name}`;

/** Goes a journey once. */
export async function pass(database: Database, name: JourneyName): Promise<Passed> {
  const journey: Journey = journeys[name];
  await database.empty();
  const world = new SimWorld(database, seedOf(name));
  const stage: Stage = { world, life: new Life(world), note: () => undefined };
  const places: Place[] = [];
  const counts = new Map<string, number>();
  try {
    await journey.before?.(stage);
    const { stripeFaults, cloudflareFaults } = world.vendors;
    const before = { stripe: stripeFaults.asked.length, cloudflare: cloudflareFaults.asked.length };
    world.fate = async ({ kind, name, moment }) => {
      const key = `${moment} ${name}`;
      const nth = (counts.get(key) ?? 0) + 1;
      counts.set(key, nth);
      places.push({ kind, name, moment, nth });
    };
    await journey.run(stage);
    return {
      journey: name,
      stripe: stripeFaults.asked.slice(before.stripe),
      cloudflare: cloudflareFaults.asked.slice(before.cloudflare),
      places,
    };
  } finally {
    await world.close();
  }
}

/** Goes a journey, with `plan` laid where its own story begins. */
export const going = (name: JourneyName, plan: (stage: Stage) => Promise<void>) => async (stage: Stage) => {
  const journey: Journey = journeys[name];
  await journey.before?.(stage);
  await plan(stage);
  await journey.run(stage);
  await stage.world.atEnd();
};
