import type { Bell } from "@/lib/world.ts";
import { findDue, sweepSlowly } from "./sweep.ts";
import type { WorkerTools } from "./tools.ts";

/** The sweep looks every second: a lost ring costs that much. */
const everyMs = 1000;
/** Refunds, and what people forgot, are looked at in every thirtieth round. */
const slowRounds = 30;

/**
 * Finds what is due and rings for it. Where the doorbell is broken, does it itself: without Redis everything still
 * happens, only by fewer hands.
 */
export function runSweep(
  tools: WorkerTools,
  ringOnce: (bell: Bell) => Promise<boolean>,
  answer: (bell: Bell) => Promise<void>,
): { stop(): Promise<void> } {
  let working = true;
  const atWork = new Set<string>();

  const byHand = async (bell: Bell): Promise<void> => {
    const name = JSON.stringify(bell);
    if (atWork.has(name)) return;
    atWork.add(name);
    try {
      await answer(bell);
    } catch (error) {
      tools.log.error({ err: error, bell }, "The sweep could not do what is due");
    } finally {
      atWork.delete(name);
    }
  };

  const round = async (count: number): Promise<void> => {
    for (const bell of await findDue(tools)) if (!(await ringOnce(bell))) void byHand(bell);
    if (count % slowRounds === 0) await sweepSlowly(tools);
  };

  const loop = async (): Promise<void> => {
    for (let count = 0; working; count++) {
      await round(count).catch((error: unknown) =>
        tools.log.error({ err: error }, "A round of the sweep failed; the next one comes in a second"),
      );
      await tools.clock.sleep(everyMs);
    }
  };
  const ended = loop();
  return {
    stop() {
      working = false;
      return ended;
    },
  };
}
