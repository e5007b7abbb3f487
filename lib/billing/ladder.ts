import { daysAfter } from "@/lib/clock.ts";

/** What happens so many days after a bill could not be taken. Told to the family, and shown to staff, from here. */
export interface Rung {
  readonly day: number;
  /** Which words the family reads on its pages from then on. */
  readonly banner: "first" | "still" | "lastCall" | "rests";
  /** The letter that is written then. */
  readonly mail: "payment-failed" | "payment-still" | "payment-last-call" | "resting";
}

/** From then on the home rests (lib/billing/rest-or-wake.ts). */
export const restDay = 30;
/** A home that does not rest a day later, although it should, is looked at by a person of ours (lib/staff/wanted-money-alerts.ts). */
export const personDay = 31;

export const ladder: readonly Rung[] = [
  { day: 0, banner: "first", mail: "payment-failed" },
  { day: 3, banner: "still", mail: "payment-still" },
  { day: 7, banner: "still", mail: "payment-still" },
  { day: 14, banner: "lastCall", mail: "payment-last-call" },
  { day: 21, banner: "lastCall", mail: "payment-last-call" },
  { day: restDay, banner: "rests", mail: "resting" },
];

/** Of a bill that has ended as it was asked to nothing more is threatened: its home rests already, and paying wakes none. */
const ofEnded = ladder.filter(({ banner }) => banner === "first" || banner === "still");

/** The rung that is reached by now, of a bill that was first refused at `since`. */
export function rungAt(since: Date, now: Date, ended: boolean): Rung {
  const rungs = ended ? ofEnded : ladder;
  const reached = rungs.findLast(({ day }) => daysAfter(since, day) <= now) ?? rungs[0];
  if (!reached) throw new Error("The ladder has no rungs");
  return reached;
}
