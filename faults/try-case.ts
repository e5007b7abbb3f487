import { beginningOf, openWorld } from "./beginning.ts";
import type { Case, Ending, Stage } from "./case.ts";
import { endingOf, wantedEnding } from "./ending.ts";
import { journeys } from "./journeys.ts";
import { seedOf } from "./reference.ts";
import { afterStaff, calm, endingsOf, judged } from "./rest.ts";
import type { Database } from "./world/database.ts";
import { Life } from "./world/life.ts";
import { SimWorld } from "./world/world.ts";

export interface Verdict {
  readonly ok: boolean;
  readonly endings: readonly Ending[];
  /** Why not, and everything that helps to see how it came: empty when all is well. */
  readonly why: readonly string[];
}

const seedFor = ({ goesAs, block, name }: Case): string => (goesAs ? seedOf(goesAs) : `${block} ${name}`);

async function begin(database: Database, one: Case): Promise<{ readonly world: SimWorld; readonly life: Life }> {
  if (!one.past)
    return openWorld(database, seedFor(one), one.goesAs && (await beginningOf(database, journeys[one.goesAs])));
  await database.empty();
  const world = new SimWorld(database, seedFor(one), one.past);
  return { world, life: new Life(world) };
}

/** Runs one case in an emptied database, lets everything come to rest, and asks the judge: at rest, and after staff did their part. */
export async function tryCase(database: Database, one: Case): Promise<Verdict> {
  const noted: object[] = [];
  let world: SimWorld | undefined;
  try {
    if (one.endsAs) noted.push({ what: "ending wanted", ending: await wantedEnding(database, one.endsAs, calm) });
    const begun = await begin(database, one);
    world = begun.world;
    return await go(one, { ...begun, note: (row) => void noted.push(row) }, noted);
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ok: false, endings: [], why: [words, ...(world?.said.slice(-5) ?? [])] };
  } finally {
    await world?.close();
  }
}

async function go(one: Case, stage: Stage, noted: object[]): Promise<Verdict> {
  const { world, life } = stage;
  await one.run(stage);
  await calm(stage);
  if (one.endsAs) stage.note({ what: "ending found", ending: await endingOf(world.database) });
  const first = await judged(world, life, noted);
  const endings = await endingsOf(world);
  const why = [...first, ...unexpected(one, endings)];
  if (why.length === 0 && endings.includes("attention") && !one.leftToAPerson)
    why.push(...(await afterStaff({ world, life, note: () => undefined }, noted)));
  return { ok: why.length === 0, endings, why: why.length === 0 ? [] : [...why, ...world.said.slice(-5)] };
}

function unexpected({ ends }: Case, endings: readonly Ending[]): string[] {
  const strange = ends ? endings.filter((ending) => !ends.includes(ending)) : [];
  return strange.length > 0 ? [`it ended ${strange.join(", ")}; wanted ${ends?.join(" or ")}`] : [];
}
