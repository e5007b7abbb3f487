import type { Database } from "../world/database.ts";
import { SimWorld } from "../world/world.ts";
import { beginnings } from "./beginnings.ts";
import { calm } from "./calm.ts";
import { Dice } from "./dice.ts";
import { books, type Family } from "./family.ts";
import { goOn } from "./go-on.ts";
import { type Judged, judge } from "./judge.ts";
import { Letterbox } from "./letterbox.ts";
import type { MoneyStage } from "./stage.ts";
import { ways } from "./ways.ts";

export interface LivedMoney extends Judged {
  readonly seed: number;
  /** What happened, in its order. */
  readonly done: readonly string[];
}

/** So many things befall a family. */
const [fewest, most] = [2, 6];
/** Between two of them so much time passes: hours, or weeks. */
const [hour, day] = [3600, 86_400];
/** No life is longer. */
const longestDays = 730;

/** One life of a family's money, by its seed. */
export async function liveOnMoney(database: Database, seed: number): Promise<LivedMoney> {
  await database.empty();
  const world = new SimWorld(database, `money ${seed}`);
  const [web, worker, dice] = [world.web(), world.worker(), new Dice(seed)];
  const letterbox = new Letterbox(world, web, dice);
  const stage: MoneyStage = { world, web, worker, dice, book: dice.pick(books()), letterbox, done: [] };
  try {
    const family = await begin(stage);
    await befall(stage, family);
    await calm(stage);
    return { seed, done: stage.done, ...(await judge(stage)) };
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { seed, done: stage.done, invoices: 0, imbalances: [], mismatches: [why, ...world.said.slice(-5)] };
  } finally {
    await world.close();
  }
}

async function begin(stage: MoneyStage): Promise<Family> {
  let draw = stage.dice.between(0, 99);
  const beginning = beginnings.find(({ share }) => {
    draw -= share;
    return draw < 0;
  });
  if (!beginning) throw new Error("The shares of beginnings are not a hundred");
  stage.done.push(beginning.name);
  return beginning.go(stage);
}

async function befall(stage: MoneyStage, family: Family): Promise<void> {
  const { dice, world } = stage;
  const begun = world.clock.now().getTime();
  for (let left = dice.between(fewest, most); left > 0; left--) {
    const name = dice.pick(Object.keys(ways));
    stage.done.push(name);
    await ways[name]?.(stage, family);
    if (world.clock.now().getTime() - begun > longestDays * day * 1000) return;
    await goOn(stage, dice.happens(40) ? dice.between(1, 20) * hour : dice.between(1, 60) * day);
  }
}
