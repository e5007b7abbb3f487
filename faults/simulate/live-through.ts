import type { Ending } from "../case.ts";
import { afterStaff, calm, endingsOf, judged } from "../rest.ts";
import { randomFrom } from "../world/baton.ts";
import type { Database } from "../world/database.ts";
import { Life } from "../world/life.ts";
import { SimWorld } from "../world/world.ts";
import { familyOf } from "./families.ts";
import { Trouble } from "./trouble.ts";

export interface Lived {
  readonly endings: readonly Ending[];
  /** Faults that were planned, and processes killed. */
  readonly faults: number;
  /** What broke; empty when all is well. */
  readonly why: readonly string[];
}

const families = 50;
const daySeconds = 86_400;
/** Families come in the first ten days, one by one; then ten days pass at a time, in which homes are looked at and healed. */
const busyDays = 10;
const quietDays = 10;
const lastDay = 90;

/** One life of fifty families over ninety days. The seed says what goes wrong, how often (1 to 20 in a hundred), and when. */
export async function liveThrough(database: Database, seed: number): Promise<Lived> {
  await database.empty();
  const random = randomFrom(seed);
  const world = new SimWorld(database, `simulated ${seed}`);
  const life = new Life(world);
  life.glances = 3;
  const trouble = new Trouble(world, life, random, (1 + (seed % 20)) / 100);
  const noted: object[] = [];
  const stage = { world, life, note: (row: object) => void noted.push(row) };
  try {
    for (let day = 1; day <= lastDay; day += day <= busyDays ? 1 : quietDays) {
      const until = new Date(world.clock.now().getTime() + (day <= busyDays ? 1 : quietDays) * daySeconds * 1000);
      if (day <= busyDays)
        for (let i = 0; i < families / busyDays; i++)
          await familyOf(stage, random, (day - 1) * (families / busyDays) + i);
      await life.live(until);
    }
    trouble.end();
    await calm(stage);
    const why = await judged(world, life, noted);
    if (why.length === 0) why.push(...(await afterStaff(stage, noted)));
    return { endings: await endingsOf(world), faults: trouble.count, why };
  } catch (error) {
    return {
      endings: [],
      faults: trouble.count,
      why: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    };
  } finally {
    await world.close();
  }
}
