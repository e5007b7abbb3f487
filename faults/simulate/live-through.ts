import { secondsAfter } from "@/lib/clock.ts";
import type { Ending, Stage } from "../case.ts";
import { afterStaff, calm, endingsOf, judged } from "../rest.ts";
import { type Random, randomFrom } from "../world/baton.ts";
import type { Database } from "../world/database.ts";
import { Life } from "../world/life.ts";
import { unlessABug } from "../world/unless-a-bug.ts";
import { SimWorld } from "../world/world.ts";
import { familyOf } from "./families.ts";
import { Trouble } from "./trouble.ts";

export interface Lived {
  readonly endings: readonly Ending[];
  /** Faults that were planned, and processes killed. */
  readonly faults: number;
  /** A number for all that happened, in its order. */
  readonly print: number;
  /** What broke; empty when all is well. */
  readonly why: readonly string[];
}

const families = 50;
const daySeconds = 86_400;
/**
 * Families come on the first two days; then 22 days pass at a time, and every home is looked at and healed. A look at all of
 * them takes as long as making ten, so there are few.
 */
const busyDays = 2;
const quietDays = 22;
const lastDay = 90;
/** Long enough for a home to be made where nothing goes wrong twice. */
const whileSeconds = 600;

/** One life of fifty families over ninety days. The seed says what goes wrong, how often (1 to 20 in a hundred), and when. */
export async function liveThrough(database: Database, seed: number, tell?: (line: string) => void): Promise<Lived> {
  await database.empty();
  const random = randomFrom(seed);
  const world = new SimWorld(database, `simulated ${seed}`);
  // They all pay with one card here, which is no trouble of theirs.
  world.limits.namesPerCard = families;
  const life = new Life(world);
  life.sparing = true;
  const trouble = new Trouble(world, life, random, (1 + (seed % 20)) / 100);
  trouble.tell = tell;
  const noted: object[] = [];
  const stage = { world, life, note: (row: object) => void noted.push(row) };
  const lived = async (why: readonly string[]) => ({
    endings: await endingsOf(world),
    faults: trouble.count,
    print: trouble.print,
    why,
  });
  try {
    await passDays(stage, random);
    trouble.end();
    await calm(stage);
    const why = await judged(world, life, noted);
    const waits = (await endingsOf(world)).includes("attention");
    return await lived(why.length > 0 || !waits ? why : await afterStaff(stage, noted));
  } catch (error) {
    return lived([error instanceof Error ? (error.stack ?? error.message) : String(error), ...world.said.slice(-5)]);
  } finally {
    await world.close();
  }
}

async function passDays(stage: Stage, random: Random): Promise<void> {
  const { life, world } = stage;
  const perDay = families / busyDays;
  for (let day = 0; day < lastDay; ) {
    const days = day < busyDays ? 1 : quietDays;
    const until = secondsAfter(world.clock.now(), days * daySeconds);
    if (day < busyDays) await comeIn(stage, random, day * perDay, perDay);
    await life.live(until);
    day += days;
  }
}

/** Some families come one after the other; a while later those with something left to do come back. */
async function comeIn(stage: Stage, random: Random, first: number, count: number): Promise<void> {
  const { life, world } = stage;
  const later: (() => Promise<void>)[] = [];
  for (let nth = first; nth < first + count; nth++) {
    const then = await familyOf(stage, random, nth);
    if (then) later.push(then);
  }
  await life.live(secondsAfter(world.clock.now(), whileSeconds));
  for (const then of later) await then().catch(unlessABug);
}
