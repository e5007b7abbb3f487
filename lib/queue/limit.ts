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
  /**
   * Takes one try, of this window or of one that is so many `ahead`. Counts before anything is tried, so that many at once
   * are no way around it.
   */
  take(rule: LimitRule, who: string, ahead?: number): Promise<Taken>;
  /** Gives a try back that turned out to be no guess. */
  giveBack(rule: LimitRule, who: string): Promise<void>;
  /** Lets nobody try for so many seconds: we were told to stop. */
  shut(rule: LimitRule, seconds: number): Promise<void>;
  close(): void;
}

/** How many tries a window has seen, and until when (ms) nobody may try at all. */
interface Counted {
  readonly n: number;
  readonly shutUntil: number;
}

/** A count is worth this many milliseconds of waiting for Redis, its first connection included. */
const patienceMs = 500;
/** After Redis did not answer, what may be counted here is for so long, so that not everything waits for it in vain. */
const withoutMs = 5000;
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
  const count = counter(redis, here, clock, onFault);
  return {
    async take(rule, who, ahead) {
      const { n, shutUntil } = await count(rule, who, 1, ahead);
      const shutMs = shutUntil - clock.now().getTime();
      if (shutMs > 0) return { ok: false, waitSeconds: Math.ceil(shutMs / 1000) };
      if (n <= rule.tries) return { ok: true };
      return { ok: false, waitSeconds: Number.isFinite(n) ? restOfWindow(rule, clock) : awaySeconds };
    },
    async giveBack(rule, who) {
      await count(rule, who, -1);
    },
    async shut(rule, seconds) {
      if (seconds <= 0) return;
      const until = clock.now().getTime() + seconds * 1000;
      here.shut(shutKey(rule), until);
      await Promise.race([redis.set(shutKey(rule), until, "EX", Math.ceil(seconds)), tooLong()]).catch(onFault);
    },
    close: () => redis.disconnect(),
  };
}

type Count = (rule: LimitRule, who: string, by: 1 | -1, ahead?: number) => Promise<Counted>;

/** Counts in Redis, or in this process while that is away. */
function counter(redis: Redis, here: CountsHere, clock: Clock, onFault: (error: unknown) => void): Count {
  let awayUntil = 0;
  return async (rule, who, by, ahead = 0) => {
    const [key, shut] = [keyOf(rule, who, clock, ahead), shutKey(rule)];
    const countHere = () => ({ n: here.count(key, by), shutUntil: here.shutUntil(shut) });
    if (rule.whenAway === "count-here" && clock.now().getTime() < awayUntil) return countHere();
    try {
      const asked = redis
        .multi()
        .incrby(key, by)
        .expire(key, rule.seconds * (ahead + 1))
        .get(shut)
        .exec();
      const answers = await Promise.race([asked, tooLong()]);
      const [failed, n] = answers?.[0] ?? [new Error("Redis counted nothing"), 0];
      if (failed) throw failed;
      return { n: Number(n), shutUntil: Number(answers?.[2]?.[1] ?? 0) };
    } catch (error) {
      onFault(error);
      awayUntil = clock.now().getTime() + withoutMs;
      return rule.whenAway === "refuse" ? { n: Number.POSITIVE_INFINITY, shutUntil: 0 } : countHere();
    }
  };
}

const windowOf = ({ seconds }: LimitRule, clock: Clock): number => Math.floor(clock.now().getTime() / 1000 / seconds);
const keyOf = (rule: LimitRule, who: string, clock: Clock, ahead: number): string =>
  `limit:${rule.what}:${windowOf(rule, clock) + ahead}:${who}`;
const shutKey = (rule: LimitRule): string => `limit:${rule.what}:shut`;
const restOfWindow = (rule: LimitRule, clock: Clock): number =>
  Math.ceil((windowOf(rule, clock) + 1) * rule.seconds - clock.now().getTime() / 1000);

const tooLong = (): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error("Redis did not answer in time")), patienceMs).unref());

/** What one process counts by itself while Redis is away. Windows that are over fall out with the rest. */
class CountsHere {
  readonly #counts = new Map<string, number>();
  readonly #shut = new Map<string, number>();
  shut(key: string, until: number): void {
    this.#shut.set(key, until);
  }
  shutUntil(key: string): number {
    return this.#shut.get(key) ?? 0;
  }
  count(key: string, by: number): number {
    if (this.#counts.size >= mostHere) this.#counts.clear();
    const n = Math.max(0, (this.#counts.get(key) ?? 0) + by);
    this.#counts.set(key, n);
    return n;
  }
}
