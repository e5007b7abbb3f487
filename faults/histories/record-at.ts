import { at, kill, type Stage } from "../case.ts";
import { type Journey, journeys } from "../journeys.ts";
import type { RecoveryPoint } from "../recovery-points.ts";
import { tellBefore } from "../tell.ts";
import type { Database } from "../world/database.ts";
import { Life } from "../world/life.ts";
import { SimWorld } from "../world/world.ts";
import { type History, readable } from "./history.ts";

/** Goes a journey up to this point, ends every process there, and writes down all that outlives them. */
export async function recordAt(database: Database, release: string, point: RecoveryPoint): Promise<History> {
  const journey: Journey = journeys[point.journey];
  await database.empty();
  const world = new SimWorld(database, `recorded ${release} ${point.journey}`);
  const stage: Stage = { world, life: new Life(world), note: () => undefined };
  try {
    await tellBefore(stage, journey);
    const held = holdAt(stage, point);
    const passed = journey.run(stage).then(() => Promise.reject(new Error(`Nothing passed where ${point.means}`)));
    return await Promise.race([held, passed]);
  } finally {
    await world.close();
  }
}

/** Whoever is at the place never comes back from it, and all others die at their next step: the journey does not go on. */
function holdAt({ world }: Stage, { journey, place, means }: RecoveryPoint): Promise<History> {
  return new Promise((tell, fail) => {
    world.fate = at(place, () => {
      world.fate = kill;
      // A unit like any other, so that nobody is in the middle of a transaction.
      const look = async (): Promise<History> => ({
        journey,
        place: `${place.moment} ${place.name}`,
        means,
        tables: readable(await world.database.backUp()),
        past: world.past(),
      });
      world.baton.run(look).then(tell, fail);
      return new Promise(() => undefined);
    });
  });
}
