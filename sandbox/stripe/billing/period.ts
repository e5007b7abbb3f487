import type { Recurring } from "../objects/product.ts";
import type { Period } from "../objects/subscription.ts";

const daySeconds = 86_400;

/**
 * `steps` intervals after `anchor`, both in unix seconds. Months keep the anchor's day where they have it: begun on
 * 31 January, the next ends on 28 February and the one after on 31 March.
 */
export function afterIntervals(anchor: number, { interval, interval_count: count }: Recurring, steps: number): number {
  const times = count * steps;
  if (interval === "day") return anchor + times * daySeconds;
  if (interval === "week") return anchor + times * 7 * daySeconds;
  const from = new Date(anchor * 1000);
  const month = from.getUTCMonth() + times * (interval === "year" ? 12 : 1);
  // Day 0 of the month after is the last day of the month itself.
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(from.getUTCDate(), lastDay);
  const midnight = Date.UTC(from.getUTCFullYear(), month, day) / 1000;
  return midnight + (anchor % daySeconds);
}

/** The period after the one that ends at `end`, counted from the anchor so that short months do not shift it. */
export function periodAfter(anchor: number, recurring: Recurring, end: number): Period {
  let steps = 1;
  while (afterIntervals(anchor, recurring, steps) <= end) steps += 1;
  return { start: end, end: afterIntervals(anchor, recurring, steps) };
}

/** The whole period in which a moment lies, counted from the anchor. */
export function cycleAt(anchor: number, recurring: Recurring, at: number): Period {
  let steps = 1;
  while (afterIntervals(anchor, recurring, steps) <= at) steps += 1;
  return { start: afterIntervals(anchor, recurring, steps - 1), end: afterIntervals(anchor, recurring, steps) };
}
