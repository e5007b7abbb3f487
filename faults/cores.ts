import { readFileSync } from "node:fs";

/** The processors that we may use, by their numbers. */
export const cores: readonly number[] = numbersOf(
  /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0",
);

/**
 * A command that stays on one core. Who asks a database and who answers take turns and never work at the same time: on one core
 * the turn passes at once. It matters where the machine has other work (56 cases: 52 s of processor on one core, 73 s on two);
 * with nothing beside them it is the same (54 s and 53 s).
 */
export const onCore = (core: number, command: readonly string[]): [string, ...string[]] => [
  "taskset",
  "--cpu-list",
  String(core),
  ...command,
];

/** `0-2,7`, as the kernel writes it. */
export function numbersOf(list: string): number[] {
  return list.split(",").flatMap((part) => {
    const [first = 0, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
  });
}
