/**
 * Programs that a test killed and started again. Whoever started the copy knows nothing of them, and Playwright begins a
 * new process after a failure: so they are kept in a file of the copy's own folder.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const fileIn = (data: string): string => join(data, "e2e/programs.json");

/** Process ids by the program's name; the newest of each. */
export const startedAgain = (data: string): Readonly<Record<string, number>> =>
  existsSync(fileIn(data)) ? (JSON.parse(readFileSync(fileIn(data), "utf8")) as Record<string, number>) : {};

export function noteStartedAgain(data: string, name: string, pid: number): void {
  mkdirSync(join(data, "e2e"), { recursive: true });
  writeFileSync(fileIn(data), JSON.stringify({ ...startedAgain(data), [name]: pid }));
}

/** Ends them outright: the tests are over, and the folder they work in goes with the copy. */
export function endStartedAgain(data: string): void {
  for (const pid of Object.values(startedAgain(data))) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}
