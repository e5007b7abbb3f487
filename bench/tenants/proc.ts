/** What the kernel says of processes: who descends from whom, memory, and time on a core. */
import { readdirSync, readFileSync } from "node:fs";

/** Ticks a second that /proc counts in; 100 on every Linux that is not very odd (getconf CLK_TCK). */
const ticksPerSecond = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** Time on a core, its own and that of children it has seen end. */
  readonly seconds: number;
}

function stat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // After the command, which may hold anything, come state, parent and so on: proc(5), fields 4 and 14 to 17.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { pid, parent: Number(fields[1]), seconds: ticks / ticksPerSecond };
  } catch {
    return undefined; // it has just ended
  }
}

/** The process and all that descend from it. */
export function family(root: number): number[] {
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (stat(Number(name)) ?? []) : []));
  const found = [root];
  for (const one of found) found.push(...all.filter((other) => other.parent === one).map((other) => other.pid));
  return found;
}

/** Proportional set size in MB: shared pages are divided by the number of processes that share them. */
export function pssMegabytes(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      return 0; // it has just ended
    }
  });
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

/** Seconds on a core that these processes, and those that came between two calls and are gone, have used. */
export const cpuSeconds = (roots: readonly number[]): number =>
  roots.flatMap(family).reduce((sum, pid) => sum + (stat(pid)?.seconds ?? 0), 0);
