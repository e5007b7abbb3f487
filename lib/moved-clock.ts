import { existsSync, readFileSync } from "node:fs";
import { type Clock, systemClock } from "./clock.ts";

/**
 * A clock that is ahead of the machine's by the milliseconds that stand in `file`: all processes of a sandbox that are given the
 * same file live on the same day, and whoever writes it moves them. Without a file it is the machine's own.
 */
export function movedClock(file: string | undefined): Clock {
  if (!file) return systemClock;
  const ahead = (): number => (existsSync(file) ? Number(readFileSync(file, "utf8")) : 0);
  return { now: () => new Date(systemClock.now().getTime() + ahead()), sleep: systemClock.sleep };
}
