import type { Budget } from "@/lib/budget.ts";
import type { Clock } from "@/lib/clock.ts";
import type { Limiter, LimitRule } from "./limit.ts";

/** What one vendor allows, and how much of it we take. */
export interface VendorRule {
  readonly vendor: "cloudflare" | "stripe";
  /** In one window. Any stretch of the vendor's own length meets one window more than fits into it. */
  readonly calls: number;
  readonly seconds: number;
  /** How long we stop when the vendor tells us to and names no time. */
  readonly pauseSeconds: number;
  /** Calls that one new home needs of it, for the estimate of a wait. */
  readonly callsPerHome: number;
}

/**
 * Cloudflare takes 1200 calls in five minutes from one user, and answers nobody for five minutes after one more. 192 a
 * minute are 80 % of that; five minutes meet at most six of our windows, 1152 calls. A home takes the
 * workers about sixteen (counted while one was made, with the looks between).
 * Stripe takes 100 a second. 40 in each second are 80 in any second, which meets two windows. A home needs about five.
 */
export const vendorRules = (most: { readonly CALLS_CLOUDFLARE: number; readonly CALLS_STRIPE: number }) =>
  ({
    cloudflare: {
      vendor: "cloudflare",
      calls: most.CALLS_CLOUDFLARE,
      seconds: 60,
      pauseSeconds: 300,
      callsPerHome: 16,
    },
    stripe: { vendor: "stripe", calls: most.CALLS_STRIPE, seconds: 1, pauseSeconds: 2, callsPerHome: 5 },
  }) as const satisfies Record<VendorRule["vendor"], VendorRule>;

/** Who may use how much of a window: homes and payments all of it, people who look for a name leave a fifth, routine more. */
const shares = { homes: 1, visitors: 0.8, routine: 0.6 } as const;
export type Purpose = keyof typeof shares;

/** A wait of so many seconds is waited out in the call itself: nobody notices, and nothing is planned anew. */
const patienceSeconds = 2;
/** Turns are given out for so many windows ahead; who comes later hears the longest wait. */
const mostAhead = 120;

const limitOf = ({ vendor, calls, seconds }: VendorRule, purpose: Purpose): LimitRule => ({
  what: `vendor-${vendor}`,
  tries: Math.floor(calls * shares[purpose]),
  seconds,
  // Counted by each process for itself this is less exact, and never stops the work.
  whenAway: "count-here",
});

/** One caller for all: the limit is the vendor's, of everything we do. */
const all = "all";

async function waitFor(limiter: Limiter, limit: LimitRule): Promise<number> {
  const taken = await limiter.take(limit, all);
  if (taken.ok) return 0;
  await limiter.giveBack(limit, all);
  return taken.waitSeconds;
}

export function vendorBudget(limiter: Limiter, clock: Clock, rule: VendorRule, purpose: Purpose): Budget {
  const limit = limitOf(rule, purpose);
  const turns = turnsOf(limiter, clock, rule);
  return {
    async take() {
      let wait = await waitFor(limiter, limit);
      for (let waited = 0; wait > 0 && waited + wait <= patienceSeconds; ) {
        await clock.sleep(wait * 1000);
        waited += wait;
        wait = await waitFor(limiter, limit);
      }
      return wait > patienceSeconds && purpose === "homes" ? Math.max(wait, await turns(wait)) : wait;
    },
    pause: (seconds) => limiter.shut(limit, seconds ?? rule.pauseSeconds),
  };
}

/**
 * Gives out places in the first coming window that has room for one more home: so each hears its own wait, and they come
 * back apart. `untilNext`: seconds until the next window.
 */
function turnsOf(limiter: Limiter, clock: Clock, rule: VendorRule): (untilNext: number) => Promise<number> {
  const homes: LimitRule = {
    what: `turns-${rule.vendor}`,
    tries: Math.max(1, Math.floor(rule.calls / rule.callsPerHome)),
    seconds: rule.seconds,
    whenAway: "count-here",
  };
  // Windows before this moment have been found full, and stay so.
  let freeFrom = 0;
  return async (untilNext) => {
    const next = clock.now().getTime() / 1000 + untilNext;
    let ahead = Math.max(1, 1 + Math.ceil((freeFrom - next) / rule.seconds));
    while (ahead < mostAhead && !(await limiter.take(homes, all, ahead)).ok) ahead++;
    const wait = untilNext + (ahead - 1) * rule.seconds;
    freeFrom = next + (ahead - 1) * rule.seconds;
    return wait;
  };
}

/** For how long routine looks should leave a vendor to new homes; 0 when there is room. Takes nothing. */
export async function routineWait(limiter: Limiter, rule: VendorRule): Promise<number> {
  const limit = limitOf(rule, "routine");
  const taken = await limiter.take(limit, all);
  await limiter.giveBack(limit, all);
  return taken.ok ? 0 : taken.waitSeconds;
}
