import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { type Seat, withDatabases } from "../databases.ts";
import { lanes, runLane } from "../hand-out.ts";
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

let given = 0;
const lane = ({ url, core }: Seat) => ({
  core,
  file: new URL("lane.ts", import.meta.url),
  args: [url],
  next: () => (given < lives ? from + given++ : undefined),
  heard: (lived: LivedMoney) => note(lived),
});
await withDatabases(Math.min(lanes, lives), (seats) => Promise.all(seats.map((seat) => runLane(lane(seat)))));
figures.seconds = Math.round((performance.now() - begun) / 1000);
if (values.json) console.log(JSON.stringify(figures));
else console.table(figures);
if (figures.lives < lives || figures.imbalances + figures.mismatches > 0) process.exitCode = 1;
