/** Buys five homes one after the other through scripts/demo against the running copy, and prints each stage's median. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const times = Number(process.argv[2] ?? 5);
const runs: Record<string, number>[] = [];
for (let i = 0; i < times; i++) {
  const out = execFileSync(join(import.meta.dirname, "../scripts/demo"), ["--json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { seconds } = JSON.parse(out.trim().split("\n").at(-1) ?? "{}") as { seconds: Record<string, number> };
  runs.push(seconds);
  console.log(JSON.stringify(seconds));
}
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
for (const stage of Object.keys(runs[0] ?? {}))
  console.log(
    `${stage.padEnd(18)} median ${median(runs.map((run) => run[stage] ?? Number.NaN)).toFixed(2)} s of ${times}`,
  );
