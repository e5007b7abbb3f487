import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { withDatabases } from "../databases.ts";
import type { LivedMoney } from "./live.ts";

const { values } = parseArgs({
  options: {
    money: { type: "boolean" },
    lives: { type: "string", default: "100" },
    from: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const [lives, from] = [Number(values.lives), Number(values.from)];
if (!Number.isInteger(lives) || lives < 1 || !Number.isInteger(from) || from < 1) {
  console.error("--lives is how many lives are lived, --from the first of them: whole numbers from 1.");
  process.exit(2);
}

const revision = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: import.meta.dirname })
  .toString()
  .trim();
const begun = performance.now();
const figures = { lives: 0, invoices: 0, imbalances: 0, mismatches: 0, seconds: 0 };

function note({ seed, done, invoices, imbalances, mismatches }: LivedMoney): void {
  figures.lives += 1;
  figures.invoices += invoices;
  figures.imbalances += imbalances.length;
  figures.mismatches += mismatches.length;
  if (imbalances.length + mismatches.length === 0) return;
  console.log(`FAILED seed ${seed} (revision ${revision})`);
  console.log(`  ${done.join("; ")}`);
  for (const line of [...imbalances, ...mismatches]) console.log(`  ${line}`);
  console.log(`  Again: npm run simulate -- --money --from ${seed} --lives 1`);
}

await withDatabases(Math.min(availableParallelism(), lives), (urls) =>
  Promise.all(
    urls.map(async (url, lane) => {
      const given = [url, String(lane), String(urls.length), String(from), String(lives)];
      const env = { ...process.env, LOG_LEVEL: "silent" };
      const child = fork(join(import.meta.dirname, "lane.ts"), given, { env });
      child.on("message", (lived) => note(lived as LivedMoney));
      const [code] = (await once(child, "exit")) as [number | null];
      if (code !== 0) throw new Error(`Lane ${lane} ended with ${code}`);
    }),
  ),
);
figures.seconds = Math.round((performance.now() - begun) / 1000);
if (values.json) console.log(JSON.stringify(figures));
else console.table(figures);
if (figures.lives < lives || figures.imbalances + figures.mismatches > 0) process.exitCode = 1;
