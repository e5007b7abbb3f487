/** What a machine does to us: each monkey has one trick, and does it again and again until it is called off. */
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { emptyRedis } from "../scripts/service/empty-redis.ts";
import type { Town } from "./town.ts";

export interface Tricks {
  databaseRestarts: number;
  redisFlushes: number;
  kills: number;
}

/** As DBOS does it to itself in every build: PostgreSQL away for 0 to 2 s, every 5 to 10 s. */
const databaseEveryMs = [5000, 10_000] as const;
const databaseAwayMs = 2000;
const redisEveryMs = 30_000;
const workerEveryMs = 10_000;

/** Lets them loose. Resolves, once called off, when each has put back what it took away. */
export async function monkeys(town: Town, calledOff: AbortSignal): Promise<Tricks> {
  const tricks: Tricks = { databaseRestarts: 0, redisFlushes: 0, kills: 0 };
  const again = async (wait: () => number, trick: () => Promise<void>): Promise<void> => {
    while (await waited(wait(), calledOff)) await trick();
  };
  await Promise.all([
    again(
      () => randomInt(...databaseEveryMs),
      async () => {
        // Every second time there is no time to say goodbye: connections are cut, and it recovers from its journal.
        await town.endProgram("postgres", randomInt(2) === 0 ? "SIGINT" : "SIGQUIT");
        await sleep(randomInt(databaseAwayMs));
        await town.startProgram("postgres");
        tricks.databaseRestarts += 1;
      },
    ),
    again(
      () => redisEveryMs,
      async () => {
        await emptyRedis(town.layout);
        tricks.redisFlushes += 1;
      },
    ),
    again(
      () => workerEveryMs,
      async () => {
        // One of the two at a time, in turn.
        const worker = tricks.kills % 2 === 0 ? "worker" : "worker-2";
        await town.endProgram(worker, "SIGKILL");
        await town.startProgram(worker);
        tricks.kills += 1;
      },
    ),
  ]);
  return tricks;
}

/** False when it was called off meanwhile. */
const waited = (ms: number, calledOff: AbortSignal): Promise<boolean> =>
  sleep(ms, true, { signal: calledOff }).catch(() => false);
