import { z } from "zod";

/** Settings that every stand-in has. */
export const commonSettings = {
  PORT: z.coerce.number().int().min(0).max(65_535),
  /** Where the ledger lies. */
  DATA_FOLDER: z.string().min(1),
  /** Where to record the traffic; unset records nothing. */
  SANDBOX_RECORD: z.string().min(1).optional(),
  /** How far the sandbox's clock is ahead (lib/moved-clock.ts). */
  CLOCK_FILE: z.string().min(1).optional(),
};

/** Reads the environment of a stand-in, or ends the process with every problem listed. */
export function readSettings<S extends z.ZodRawShape>(name: string, shape: S): z.output<z.ZodObject<S>> {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const read = z.object(shape).safeParse(given);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  process.stderr.write(`The sandbox's ${name} cannot start. Settings to mend:\n${problems.join("\n")}\n`);
  process.exit(1);
}
