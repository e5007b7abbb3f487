import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { withDatabases } from "../databases.ts";
import type { Lived } from "./live-through.ts";

/** As in faults/main.ts. */
const lanes = 4;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    from: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const [seeds, from] = [Number(values.seeds), Number(values.from)];
if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(from) || from < 1) {
  console.error("--seeds is how many lives are lived, --from the first of them: whole numbers from 1.");
  process.exit(2);
}

const revision = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: import.meta.dirname })
  .toString()
  .trim();
const begun = performance.now();
const endings: Record<string, number> = {};
let [cases, failed, faults] = [0, 0, 0];

function note(lived: Lived & { readonly seed: number }): void {
  cases += 1;
  faults += lived.faults;
  for (const ending of lived.endings) endings[ending] = (endings[ending] ?? 0) + 1;
  if (lived.why.length === 0) {
    if (!values.json)
      console.log(
        `seed ${lived.seed}: ${lived.endings.length} orders, ${lived.faults} things went wrong, print ${lived.print}`,
      );
    return;
  }
  failed += 1;
  console.log(`FAILED seed ${lived.seed} (revision ${revision})`);
  for (const line of lived.why) console.log(`  ${line}`);
  console.log(`  Again: npm run simulate -- --from ${lived.seed} --seeds 1`);
}

await withDatabases(Math.min(lanes, seeds), (urls) =>
  Promise.all(
    urls.map(async (url, lane) => {
      const given = [url, String(lane), String(urls.length), String(from), String(seeds)];
      const env = { ...process.env, LOG_LEVEL: "silent" };
      const child = fork(join(import.meta.dirname, "lane.ts"), given, { env });
      child.on("message", (lived) => note(lived as Lived & { seed: number }));
      const [code] = (await once(child, "exit")) as [number | null];
      if (code !== 0) throw new Error(`Lane ${lane} ended with ${code}`);
    }),
  ),
);
const seconds = Math.round((performance.now() - begun) / 1000);
const figures = { cases, failed, faults, endings, seconds };
if (values.json) console.log(JSON.stringify(figures));
else console.table(figures);
if (failed > 0) process.exitCode = 1;
