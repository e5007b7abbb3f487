import type { Case, Ending } from "./case.ts";
import { endingOf, wantedEnding } from "./ending.ts";
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

/** Runs one case in an emptied database, lets everything come to rest, and asks the judge: at rest, and after staff did their part. */
export async function tryCase(database: Database, one: Case): Promise<Verdict> {
  const noted: object[] = [];
  if (one.endsAs) noted.push({ what: "ending wanted", ending: await wantedEnding(database, one.endsAs, calm) });
  await database.empty();
  const world = new SimWorld(database, seedFor(one), one.past);
  const life = new Life(world);
  try {
    await one.run({ world, life, note: (row) => void noted.push(row) });
    await calm({ world, life, note: (row) => void noted.push(row) });
    if (one.endsAs) noted.push({ what: "ending found", ending: await endingOf(database) });
    const first = await judged(world, life, noted);
    const endings = await endingsOf(world);
    const why = [...first, ...unexpected(one, endings)];
    if (why.length === 0 && endings.includes("attention") && !one.leftToAPerson)
      why.push(...(await afterStaff({ world, life, note: () => undefined }, noted)));
    return { ok: why.length === 0, endings, why: why.length === 0 ? [] : [...why, ...world.said.slice(-5)] };
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ok: false, endings: [], why: [words, ...world.said.slice(-5)] };
  } finally {
    await world.close();
  }
}

function unexpected({ ends }: Case, endings: readonly Ending[]): string[] {
  const strange = ends ? endings.filter((ending) => !ends.includes(ending)) : [];
  return strange.length > 0 ? [`it ended ${strange.join(", ")}; wanted ${ends?.join(" or ")}`] : [];
}
