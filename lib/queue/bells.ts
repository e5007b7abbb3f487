import { Queue } from "bullmq";
import { Redis } from "ioredis";
import type { Bell } from "@/lib/world.ts";
import { bellId } from "./bell-shape.ts";

/** The one queue: what somebody should look at now. Losing it loses nothing but time. */
export const bellQueue = "bells";

export interface BellRope {
  /** Says whether the ring was heard; never throws and never waits longer than half a second. */
  ring(bell: Bell): Promise<boolean>;
  close(): Promise<void>;
}

/** With Redis away `add` would hang: a ring is worth this many milliseconds, the sweep comes by itself. */
const patienceMs = 500;

/** What failed is kept for a day, for whoever looks into Redis; nothing depends on it. */
const failedSeconds = 86_400;

export function bellRope(redisUrl: string, onFault: (error: unknown) => void): BellRope {
  const connection = new Redis(redisUrl, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    lazyConnect: false,
    retryStrategy: (tries) => Math.min(tries * 100, 2000),
  });
  connection.on("error", onFault);
  const queue = new Queue(bellQueue, { connection });
  queue.on("error", onFault);
  return {
    async ring(bell) {
      const added = queue
        // A fixed job id would lose a ring made while the job is at work; this keeps the last one.
        .add(bell.kind, bell, {
          deduplication: { id: bellId(bell), keepLastIfActive: true },
          // Redis repeats nothing: what failed is tried again from PostgreSQL (lib/queue/note-failed-bell.ts).
          attempts: 1,
          removeOnComplete: true,
          removeOnFail: { count: 1000, age: failedSeconds },
        })
        .then(() => true)
        .catch((error: unknown) => {
          onFault(error);
          return false;
        });
      return Promise.race([added, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patienceMs))]);
    },
    async close() {
      await queue.close();
      connection.disconnect();
    },
  };
}
