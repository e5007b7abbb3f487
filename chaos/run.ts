/** npm run chaos -- --minutes M [--orders N] [--at-once N] [--json] [--keep]. README.md says what happens then. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { settings } from "../scripts/service/layout.ts";
import { Customer, type Story, type Street } from "./customer.ts";
import { judge } from "./judge-meanwhile.ts";
import { mishapOf } from "./mishaps.ts";
import { monkeys } from "./monkeys.ts";
import { openRegistry } from "./registry.ts";
import { print, type Result } from "./report.ts";
import { comeToRest, endsOf } from "./rest.ts";
import { openTown, type Town } from "./town.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    orders: { type: "string", default: "200" },
    "at-once": { type: "string", default: "8" },
    json: { type: "boolean", default: false },
    // The folder with all logs and ledgers stays though all went well.
    keep: { type: "boolean", default: false },
  },
});
const ms = Number(values.minutes) * 60_000;
const orders = Number(values.orders);
/** Customers at the same time: two cores answer this many without making anybody wait. */
const atOnce = Number(values["at-once"]);
/** With the faults off, whoever has paid must be home, and everything at rest, within this time. */
const boundMs = 120_000;

const begun = performance.now();
const say = (words: string): void =>
  console.log(`${String(Math.round((performance.now() - begun) / 1000)).padStart(5)} s  ${words}`);

/** Customers come as others leave, until the time is over or there were enough of them. */
async function market(street: Street, until: number): Promise<readonly Story[]> {
  const stories: Story[] = [];
  let come = 0;
  const queue = async (): Promise<void> => {
    while (come < orders && Date.now() < until) {
      const story = await new Customer(street, mishapOf(come++)).run();
      stories.push(story);
      if (story.end === "stranded") say(`${story.name} (${story.mishap}) saw no end: ${story.at}`);
    }
  };
  const progress = setInterval(() => say(`${come} came, ${stories.length} went home`), 15_000);
  // Not all at the same moment: two seconds between the first of them.
  await Promise.all(Array.from({ length: atOnce }, (_, n) => sleep(n * 2000).then(queue)));
  clearInterval(progress);
  return stories;
}

async function live(town: Town): Promise<Result> {
  const { ports, data } = town.layout;
  const until = Date.now() + ms;
  const calledOff = AbortSignal.timeout(ms);
  const over = AbortSignal.timeout(ms + boundMs);
  const street = {
    web: `http://localhost:${ports.web}`,
    registry: openRegistry(`http://localhost:${ports.cloudflare}`),
    over,
  };
  const [tricks, stories] = await Promise.all([monkeys(town, calledOff), market(street, until)]);
  const db = new pg.Client({ connectionString: settings(town.layout)["DATABASE_URL"] });
  await db.connect();
  // Times lie in the tables as UTC.
  await db.query("SET TIME ZONE 'UTC'");
  try {
    say("The faults are over; waiting until nothing is left to do");
    const restless = await comeToRest(db, boundMs);
    return {
      ...tricks,
      stories,
      ends: await endsOf(db),
      restless,
      deaths: town.deaths,
      failedInvariants: await judge(db, join(data, "ledger")),
      seconds: Math.round((performance.now() - begun) / 1000),
    };
  } finally {
    await db.end();
  }
}

const town = await openTown(say);
let ok = false;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void town.close(true).then(() => process.exit(1)));
try {
  ok = print(await live(town), values.json);
} finally {
  await town.close(!ok || values.keep);
}
process.exit(ok ? 0 : 1);
