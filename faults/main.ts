/** Tries every case of the matrix in lanes side by side, prints what failed with how to try it again, and the count of each block. */
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { blockNames } from "./all-cases.ts";
import { withDatabases } from "./databases.ts";
import type { Passed } from "./reference.ts";
import { passEverything } from "./walk.ts";

/** For two cores: a lane waits for its database half of the time. */
const lanes = 4;

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

async function runLane(url: string, lane: number, passed: readonly Passed[]): Promise<void> {
  const given = [url, String(lane), String(lanes), values.block ?? "", values.case ?? ""];
  const child = fork(join(import.meta.dirname, "lane.ts"), given, { env: { ...process.env, LOG_LEVEL: "silent" } });
  child.on("message", (tried) => note(tried as Tried));
  child.send(passed);
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`Lane ${lane} ended with ${code}`);
}

await withDatabases(lanes, async (urls) => {
  const passed = await passEverything(urls);
  await Promise.all(urls.map((url, lane) => runLane(url, lane, passed)));
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
