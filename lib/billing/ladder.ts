import { daysAfter } from "@/lib/clock.ts";

/** What happens so many days after a bill could not be taken. Told to the family, and shown to staff, from here. */
export interface Rung {
  readonly day: number;
  /** Which words the family reads on its pages from then on. */
  readonly banner: "first" | "still";
  /** The letter that is written then. */
  readonly mail: "payment-failed" | "payment-still";
}

export const ladder: readonly Rung[] = [
  { day: 0, banner: "first", mail: "payment-failed" },
  { day: 3, banner: "still", mail: "payment-still" },
  { day: 7, banner: "still", mail: "payment-still" },
  { day: 14, banner: "still", mail: "payment-still" },
  { day: 21, banner: "still", mail: "payment-still" },
];

/** From then on a person of ours has it (lib/staff/wanted-alerts.ts). */
export const personDay = 30;

/** The rung that is reached by now, of a bill that was first refused at `since`. */
export function rungAt(since: Date, now: Date): Rung {
  const reached = ladder.findLast(({ day }) => daysAfter(since, day) <= now) ?? ladder[0];
  if (!reached) throw new Error("The ladder has no rungs");
  return reached;
}
