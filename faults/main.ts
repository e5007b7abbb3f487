/** Tries every case of the matrix in lanes side by side, prints what failed with how to try it again, and the count of each block. */
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { blockNames } from "./all-cases.ts";
import { type Seat, withDatabases } from "./databases.ts";
import { lanes, runLane } from "./hand-out.ts";
import { passEverything } from "./walk.ts";

const { values } = parseArgs({
  options: { block: { type: "string" }, case: { type: "string" }, json: { type: "boolean", default: false } },
});
if (values.block && !blockNames.includes(values.block)) {
  console.error(`There is no block ${values.block}: ${blockNames.join(", ")}.`);
  process.exit(2);
}

interface Tried {
  readonly block: string;
  readonly name: string;
  readonly ok: boolean;
  readonly why: readonly string[];
}

const revision = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: import.meta.dirname })
  .toString()
  .trim();
const blocks: Record<string, { cases: number; failed: number }> = {};
const begun = performance.now();

function note({ block, name, ok, why }: Tried): void {
  const counts = blocks[block] ?? { cases: 0, failed: 0 };
  blocks[block] = counts;
  counts.cases += 1;
  if (ok) return;
  counts.failed += 1;
  console.log(`FAILED ${block}: ${name} (revision ${revision})`);
  for (const line of why) console.log(`  ${line}`);
  console.log(`  Again: npm run faults -- --block ${block} --case ${JSON.stringify(name)}`);
}

await withDatabases(lanes, async (seats) => {
  const before = await passEverything(seats);
  let given = 0;
  const lane = ({ url, core }: Seat) => ({
    core,
    file: new URL("lane.ts", import.meta.url),
    args: [url, values.block ?? "", values.case ?? ""],
    before,
    next: () => given++,
    heard: (tried: Tried) => note(tried),
  });
  await Promise.all(seats.map((seat) => runLane(lane(seat))));
});
const all = Object.values(blocks);
const sum = (what: "cases" | "failed") => all.reduce((total, counts) => total + counts[what], 0);
const seconds = Math.round((performance.now() - begun) / 1000);
if (values.json) console.log(JSON.stringify({ blocks, cases: sum("cases"), failed: sum("failed"), seconds }));
else {
  console.table(blocks);
  console.log(`${sum("cases")} cases, ${sum("failed")} failed, ${seconds} s`);
}
if (sum("failed") > 0 || sum("cases") === 0) process.exitCode = 1;
