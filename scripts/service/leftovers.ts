/** Programs of a copy that ended without tidying up (a closed terminal, a crash): found again and stopped. */
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const fileOf = (data: string): string => join(data, "programs.pids");

/**
 * A process id is used again some day; together with the moment it began it names one process for good. Undefined when it
 * has ended, also while nobody has taken note of its end.
 */
export function beganAt(pid: number): string | undefined {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return undefined;
  // State is field 3 and the beginning field 22, counted after the name in brackets, which may hold spaces.
  const fields = readFileSync(stat, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return fields[0] === "Z" ? undefined : fields[19];
}

export function remember(data: string, pid: number): void {
  appendFileSync(fileOf(data), `${pid} ${beganAt(pid)}\n`);
}

export function forgetAll(data: string): void {
  rmSync(fileOf(data), { force: true });
}

const alive = ([pid, began]: readonly [number, string]): boolean => beganAt(pid) === began;

/** Stops what an earlier copy in this folder left running. Returns how many there were. */
export async function stopLeftovers(data: string): Promise<number> {
  if (!existsSync(fileOf(data))) return 0;
  const lines = readFileSync(fileOf(data), "utf8").trim().split("\n").filter(Boolean);
  const left = lines.map((line) => [Number(line.split(" ")[0]), line.split(" ")[1] ?? ""] as const).filter(alive);
  // The last started first, as when we stop by ourselves.
  for (const [pid] of left.toReversed()) process.kill(pid, "SIGTERM");
  // Ten seconds, as the tenant host may take to stop its homes.
  for (let waited = 0; waited < 10_000 && left.some(alive); waited += 100) await sleep(100);
  for (const one of left.filter(alive)) process.kill(one[0], "SIGKILL");
  forgetAll(data);
  return left.length;
}

// For scripts/reset: nothing may run on in a folder that goes.
if (import.meta.filename === process.argv[1]) await stopLeftovers(process.argv[2] ?? "");
