import { Redis } from "ioredis";
import type { Clock } from "@/lib/clock.ts";

/** How often something may be tried by one caller within a window of time. */
export interface LimitRule {
  /** Names the window's counters; one rule, one name. */
  readonly what: string;
  readonly tries: number;
  readonly seconds: number;
  /** With Redis away: count in this process alone, or let nobody try. */
  readonly whenAway: "count-here" | "refuse";
}

export type Taken = { readonly ok: true } | { readonly ok: false; readonly waitSeconds: number };

export interface Limiter {
  /** Takes one try. Counts before anything is tried, so that many at once are no way around it. */
  take(rule: LimitRule, who: string): Promise<Taken>;
  /** Gives a try back that turned out to be no guess. */
  giveBack(rule: LimitRule, who: string): Promise<void>;
  close(): void;
}

/** A count is worth this many milliseconds of waiting for Redis, its first connection included. */
const patienceMs = 500;
/** While Redis is away and nobody may try, they hear to come back after this long. */
const awaySeconds = 60;
/** Callers remembered in this process; more at once are an attack, and begin anew. */
const mostHere = 10_000;

/** Counts how often callers try, in fixed windows, for all web processes together. */
export function openLimiter(redisUrl: string, clock: Clock, onFault: (error: unknown) => void): Limiter {
  const redis = new Redis(redisUrl, {
    maxRetriesPerRequest: 1,
    retryStrategy: (tries) => Math.min(tries * 100, 2000),
  });
  redis.on("error", onFault);
  const here = new CountsHere();

  const count = async (rule: LimitRule, who: string, by: 1 | -1): Promise<number> => {
    const key = keyOf(rule, who, clock);
    try {
      const asked = redis.multi().incrby(key, by).expire(key, rule.seconds).exec();
      const answers = await Promise.race([asked, tooLong()]);
      const [failed, n] = answers?.[0] ?? [new Error("Redis counted nothing"), 0];
      if (failed) throw failed;
      return Number(n);
    } catch (error) {
      onFault(error);
      return rule.whenAway === "refuse" ? Number.POSITIVE_INFINITY : here.count(key, by);
    }
  };

  return {
    async take(rule, who) {
      const n = await count(rule, who, 1);
      if (n <= rule.tries) return { ok: true };
      return { ok: false, waitSeconds: Number.isFinite(n) ? restOfWindow(rule, clock) : awaySeconds };
    },
    async giveBack(rule, who) {
      await count(rule, who, -1);
    },
    close: () => redis.disconnect(),
  };
}

const windowOf = ({ seconds }: LimitRule, clock: Clock): number => Math.floor(clock.now().getTime() / 1000 / seconds);
const keyOf = (rule: LimitRule, who: string, clock: Clock): string =>
  `limit:${rule.what}:${windowOf(rule, clock)}:${who}`;
const restOfWindow = (rule: LimitRule, clock: Clock): number =>
  Math.ceil((windowOf(rule, clock) + 1) * rule.seconds - clock.now().getTime() / 1000);

const tooLong = (): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error("Redis did not answer in time")), patienceMs).unref());

/** What one process counts by itself while Redis is away. Windows that are over fall out with the rest. */
class CountsHere {
  readonly #counts = new Map<string, number>();
  count(key: string, by: number): number {
    if (this.#counts.size >= mostHere) this.#counts.clear();
    const n = Math.max(0, (this.#counts.get(key) ?? 0) + by);
    this.#counts.set(key, n);
    return n;
  }
}
