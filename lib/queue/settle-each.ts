import { Unreachable } from "@/lib/errors.ts";
import { tryEach } from "@/lib/try-each.ts";

/**
 * Brings each wanted row a step nearer to its end. One that fails is noted, so that it comes again ever later, and stops no
 * other. A vendor that does not answer is written down and no news; anything else belongs in the log.
 */
export const settleEach = <T>(
  rows: readonly T[],
  settle: (row: T) => Promise<void>,
  note: (row: T, error: unknown) => Promise<void>,
): Promise<void> =>
  tryEach(rows, async (row) => {
    try {
      await settle(row);
    } catch (error) {
      await note(row, error);
      if (!(error instanceof Unreachable)) throw error;
    }
  });
