import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { settings } from "../../scripts/service/layout.ts";
import { copy } from "./copy.ts";

const file = settings(copy.layout)["CLOCK_FILE"];

/** What every process of this copy takes for now. */
export const now = (): Date => new Date(Date.now() + ahead());

/** Moves the clock of web, workers and vendors forward to this moment. */
export function goTo(moment: Date): void {
  if (!file) throw new Error("This copy's clock stands in no file: see scripts/service/test.ts, part years");
  const further = moment.getTime() - now().getTime();
  if (further < 0)
    throw new Error(`It is ${now().toISOString()} already; no clock goes back to ${moment.toISOString()}`);
  writeFileSync(file, String(ahead() + further));
}

const ahead = (): number => {
  try {
    return Number(readFileSync(file ?? "", "utf8"));
  } catch {
    return 0;
  }
};

/** Asks again and again until there is an answer. */
export async function once<T>(what: string, ask: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  for (let left = seconds * 4; left > 0; left--) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(250);
  }
  throw new Error(`${what}: nothing in ${seconds} seconds`);
}
