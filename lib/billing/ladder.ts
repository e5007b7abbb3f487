import { daysAfter } from "@/lib/clock.ts";

/** What happens so many days after a bill could not be taken. Told to the family, and shown to staff, from here. */
export interface Rung {
  readonly day: number;
  /** Which words the family reads on its pages from then on. */
  readonly banner: "first" | "still" | "lastCall" | "rests";
  /** The letter that is written then. */
  readonly mail: "payment-failed" | "payment-still" | "payment-last-call" | "resting";
}

/** At its last rung the home rests: nothing is deleted, and the name is kept. */
export const ladder: readonly Rung[] = [
  { day: 0, banner: "first", mail: "payment-failed" },
  { day: 3, banner: "still", mail: "payment-still" },
  { day: 7, banner: "still", mail: "payment-still" },
  { day: 14, banner: "lastCall", mail: "payment-last-call" },
  { day: 21, banner: "lastCall", mail: "payment-last-call" },
  { day: 30, banner: "rests", mail: "resting" },
];

const restDay = ladder.at(-1)?.day ?? 0;

/** The rung that is reached by now, of a bill that was first refused at `since`, and when the home rests. */
export function rungAt(since: Date, now: Date): Rung & { readonly restsAt: Date } {
  const reached = ladder.findLast(({ day }) => daysAfter(since, day) <= now) ?? ladder[0];
  if (!reached) throw new Error("The ladder has no rungs");
  return { ...reached, restsAt: daysAfter(since, restDay) };
}
