import type { WorkerTools } from "@/workers/tools.ts";

/** A log whose lines are kept for the judge. */
export function logInto(said: string[]): WorkerTools["log"] {
  const write =
    (level: string) =>
    (...given: unknown[]): void =>
      void said.push(`${level} ${given.map(inWords).join(" ")}`);
  return {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  } as WorkerTools["log"];
}

function inWords(given: unknown): string {
  if (given instanceof Error) return given.stack ?? given.message;
  if (typeof given !== "object" || given === null) return String(given);
  return JSON.stringify(given, (_, value: unknown) =>
    value instanceof Error ? (value.stack ?? value.message) : typeof value === "bigint" ? value.toString() : value,
  );
}
