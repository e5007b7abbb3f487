import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Seat, withDatabases } from "../databases.ts";
import { lanes, runLane } from "../hand-out.ts";
import type { Lived } from "./live-through.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    from: { type: "string", default: "1" },
    lanes: { type: "string", default: String(lanes) },
    /** A folder into which each life writes every point it passes, in a file SEED.PROCESS. */
    points: { type: "string", default: "" },
    json: { type: "boolean", default: false },
  },
});
const [seeds, from, most] = [Number(values.seeds), Number(values.from), Number(values.lanes)];
if (![seeds, from, most].every((one) => Number.isInteger(one) && one >= 1)) {
  console.error("--seeds is how many lives are lived, --from the first of them, --lanes how many at a time: from 1.");
  process.exit(2);
}
if (values.points) mkdirSync(values.points, { recursive: true });

const revision = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: import.meta.dirname })
  .toString()
  .trim();
const begun = performance.now();
const endings: Record<string, number> = {};
const prints = new Map<number, number>();
let [cases, failed, faults] = [0, 0, 0];

/** The first seed is lived twice, side by side in two processes and two databases: what it prints must be the same. */
const wanted = [from, ...Array.from({ length: seeds }, (_, nth) => from + nth)];

function unlike({ seed, print }: Lived & { readonly seed: number }): string[] {
  const before = prints.get(seed);
  prints.set(seed, print);
  if (before === undefined || before === print) return [];
  return [
    `It printed ${before} before and ${print} now: something in it is not decided by its seed.`,
    "Again with --points FOLDER: the first line in which its two files differ comes after the cause.",
  ];
}

function note(lived: Lived & { readonly seed: number }): void {
  cases += 1;
  faults += lived.faults;
  for (const ending of lived.endings) endings[ending] = (endings[ending] ?? 0) + 1;
  const why = [...lived.why, ...unlike(lived)];
  if (why.length === 0) {
    if (!values.json)
      console.log(
        `seed ${lived.seed}: ${lived.endings.length} orders, ${lived.faults} things went wrong, print ${lived.print}`,
      );
    return;
  }
  failed += 1;
  console.log(`FAILED seed ${lived.seed} (revision ${revision})`);
  for (const line of why) console.log(`  ${line}`);
  console.log(`  Again: npm run simulate -- --from ${lived.seed} --seeds 1`);
}

const lane = ({ url, core }: Seat) => ({
  core,
  file: new URL("lane.ts", import.meta.url),
  args: [url, values.points],
  next: () => wanted.shift(),
  heard: (lived: Lived & { readonly seed: number }) => note(lived),
});
await withDatabases(Math.min(most, wanted.length), (seats) => Promise.all(seats.map((seat) => runLane(lane(seat)))));
const seconds = Math.round((performance.now() - begun) / 1000);
const figures = { cases, failed, faults, endings, seconds };
if (values.json) console.log(JSON.stringify(figures));
else console.table(figures);
if (failed > 0) process.exitCode = 1;
