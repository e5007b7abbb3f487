/** The table at the end, and the same as one line of JSON. */

import type { Tricks } from "./monkeys.ts";
import type { Ends } from "./rest.ts";
import type { Story } from "./story.ts";

export interface Result extends Tricks {
  readonly stories: readonly Story[];
  readonly ends: Ends;
  /** What never came to rest. */
  readonly restless: readonly string[];
  readonly deaths: readonly string[];
  readonly failedInvariants: readonly string[];
  readonly seconds: number;
}

/** Prints it all, and says whether it is good. */
export function print(result: Result, json: boolean): boolean {
  const { stories, ends, restless, deaths, failedInvariants, seconds } = result;
  const unseen = stories.filter((story) => story.end === "stranded");
  const stranded = [...ends.stranded, ...unseen.map(({ name, mishap, at }) => `${name} (${mishap}) saw no end: ${at}`)];
  const figures = {
    orders: stories.length,
    kills: result.kills,
    databaseRestarts: result.databaseRestarts,
    redisFlushes: result.redisFlushes,
    ready: ends.ready,
    refunded: ends.refunded,
    lost: ends.lost,
    attention: ends.attention,
    stranded: stranded.length,
    failedPages: stories.reduce((all, { failures }) => all + failures.length, 0),
    failedInvariants: failedInvariants.length,
    seconds,
  };
  console.log("");
  for (const [what, n] of Object.entries(figures)) console.log(`  ${what.padEnd(18)} ${String(n).padStart(6)}`);
  list("Pages that failed, and were tried again", counted(stories.flatMap(({ failures }) => failures)));
  list("Stranded", stranded);
  list("Never came to rest", restless);
  list("Ended by themselves", deaths);
  list("Invariants that do not hold", failedInvariants);
  const ok = [stranded, restless, deaths, failedInvariants].every((wrongs) => wrongs.length === 0);
  if (json) console.log(JSON.stringify({ ...figures, wrongs: failedInvariants }));
  return ok;
}

function list(heading: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  console.log(`\n${heading}:`);
  for (const line of lines) console.log(`  ${line}`);
}

const counted = (all: readonly string[]): readonly string[] =>
  [...new Set(all)]
    .map((one) => ({ one, n: all.filter((other) => other === one).length }))
    .sort((a, b) => b.n - a.n)
    .map(({ one, n }) => `${String(n).padStart(4)}  ${one}`);
