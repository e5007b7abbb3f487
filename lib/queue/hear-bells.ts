import { Worker } from "bullmq";
import { Redis } from "ioredis";
import type { Bell } from "@/lib/world.ts";
import { bellShape } from "./bell-shape.ts";
import { bellQueue } from "./bells.ts";

/** How many things one worker process looks at side by side; most of the time each waits for a vendor. */
const atOnce = 16;

/**
 * A worker that was killed leaves its bells taken, and a ring for the same thing joins the one that is taken. They are free
 * again after at most both times together: as long as its lease on a tenant lasts, before which nobody could help anyway.
 */
const takenMs = 10_000;
const lookForLeftMs = 5000;

/**
 * The longest answer: a home's eight steps, each of whose calls ends within half a minute. One that takes longer keeps none
 * of the hands: its bell has failed, and the sweep rings for whatever is still due.
 */
const longestMs = 300_000;

export function hearBells(
  redisUrl: string,
  answer: (bell: Bell) => Promise<void>,
  onFault: (error: unknown) => void,
): { close(): Promise<void> } {
  const connection = new Redis(redisUrl, {
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => Math.min(tries * 100, 2000),
  });
  connection.on("error", onFault);
  const worker = new Worker(bellQueue, async (job) => inTime(answer(bellShape.parse(job.data))), {
    connection,
    concurrency: atOnce,
    lockDuration: takenMs,
    stalledInterval: lookForLeftMs,
  });
  worker.on("error", onFault);
  worker.on("failed", (_job, error) => onFault(error));
  return {
    async close() {
      await worker.close();
      connection.disconnect();
    },
  };
}

async function inTime(answered: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not answered within ${longestMs / 1000} seconds`)), longestMs);
  });
  await Promise.race([answered, tooLong]).finally(() => clearTimeout(timer));
}
