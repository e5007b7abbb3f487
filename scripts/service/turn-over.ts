/** Logs of a copy are appended to at each start: turned over here, so that no number of starts fills a disk with them. */
import { renameSync, statSync } from "node:fs";

/** A day of everything at its loudest is some megabytes; ten are weeks of a quiet copy. */
export const mostBytes = 10_000_000;

/** Before a program is started: a log that grew too large becomes `LOG.1`, in place of the one that was called so. */
export function turnOver(log: string): void {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > mostBytes) renameSync(log, `${log}.1`);
}
