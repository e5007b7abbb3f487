/** What the rules of a household cost: a home with one child beside the same home without the module. npm run bench -- rules [--json]. */
import { parseArgs } from "node:util";
import { rulesOf } from "@/lib/tenants/household-of.ts";
import { median } from "../tenants/figures.ts";
import { cpuSeconds } from "../tenants/proc.ts";
import { openWorld, type World } from "../tenants/world.ts";
import { type Family, moveIn, type Usual, usual } from "./usual.ts";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });

/** Each is done in turn by both homes, so that whatever else the machine does falls on both. */
const rounds = 15;

const world = await openWorld();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void world.stop().finally(() => process.exit(1)));
try {
  const [plain, ruled] = [await moveIn(world, "without.family"), await moveIn(world, "with.family")];
  await world.keep(ruled.name, {
    household: {
      zone: "UTC",
      parents: ["anna"],
      children: [{ who: "mia", ...rulesOf({ ageBand: "10-12", rules: [] }) }],
    },
  });
  // The first child of a home is its one restart: whoever was signed in still is.
  const figures: Record<string, Figures> = {};
  for (const [what, deed] of Object.entries(usual)) figures[what] = await compare(deed, plain, ruled);
  if (values.json) console.log(JSON.stringify(figures));
  else console.table(figures);
} finally {
  await world.stop();
}

interface Figures {
  /** Milliseconds on a core of home and database together, one deed: the median round. */
  readonly without: number;
  readonly with: number;
  /** Of the two sums over all rounds. */
  readonly ratio: number;
}

async function compare(deed: Usual, plain: Family, ruled: Family): Promise<Figures> {
  // Once for nothing: caches, and what is only imported when it is first used.
  for (const family of [plain, ruled]) await cost(world, deed, family);
  const without: number[] = [];
  const withRules: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // Whoever comes second has the processor warm.
    const turns = [
      () => cost(world, deed, plain).then((ms) => without.push(ms)),
      () => cost(world, deed, ruled).then((ms) => withRules.push(ms)),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
  }
  const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);
  const rounded = (figure: number, digits: number) => Number(figure.toFixed(digits));
  return {
    without: rounded(median(without), 2),
    with: rounded(median(withRules), 2),
    ratio: rounded(sum(withRules) / sum(without), 3),
  };
}

/** Milliseconds on a core that one deed takes, of home and database. */
async function cost({ state, postgresPid }: World, { times, act }: Usual, family: Family): Promise<number> {
  const { pid } = await state(family.name);
  if (pid === undefined) throw new Error(`${family.name} does not run`);
  const before = cpuSeconds([pid, postgresPid]);
  for (let n = 0; n < times; n++) await act(family);
  return ((cpuSeconds([pid, postgresPid]) - before) * 1000) / times;
}
