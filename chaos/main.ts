/** One run, from the start of all programs to the verdict. */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openCourtOf } from "./court.ts";
import { Customer } from "./customer.ts";
import { mishapOf } from "./mishaps.ts";
import { monkeys } from "./monkeys.ts";
import { outsideOf } from "./outside.ts";
import { openRegistry } from "./registry.ts";
import { print, type Result } from "./report.ts";
import { comeToRest, endsOf } from "./rest.ts";
import type { Story, Street } from "./story.ts";
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
  const { ports } = town.layout;
  const court = await openCourtOf(town.layout);
  try {
    const until = Date.now() + ms;
    const street = {
      web: `http://localhost:${ports.web}`,
      registry: openRegistry(`http://localhost:${ports.cloudflare}`),
      outside: outsideOf(town.layout),
      over: AbortSignal.timeout(ms + boundMs),
    };
    const [tricks, stories] = await Promise.all([monkeys(town, AbortSignal.timeout(ms)), market(street, until)]);
    say("The faults are over; waiting until nothing is left to do");
    const restless = await comeToRest(court.ask, boundMs);
    return {
      ...tricks,
      stories,
      restless,
      ends: await endsOf(court.ask),
      deaths: town.deaths,
      failedInvariants: await court.judge(stories.flatMap(({ shown }) => shown)),
      seconds: Math.round((performance.now() - begun) / 1000),
    };
  } finally {
    await court.close();
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
