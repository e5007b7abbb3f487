import { daysAfter } from "@/lib/clock.ts";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { type AgeBand, ageBands } from "./age-band.ts";
import { beginWith } from "./begin-with.ts";

/** From which birthday on somebody belongs to a band. */
const from: Readonly<Record<AgeBand, number>> = { "under-10": 0, "10-12": 10, "13-15": 13, "16-17": 16 };
/** The least that somebody of a band is. */
export const youngestOf = (band: AgeBand): number => from[band];
/** From then on an account is its owner's alone. Everywhere we sell; where it is later, eighteen is early by choice. */
export const adultAt = 18;
/** So many days before that it is announced: time to talk, and then to be reminded. */
export const announcedDays = [90, 7] as const;

/** UTC midnight of the day on which they are so many years old. Who was born on 29 February is a year older on 1 March. */
export const birthdayOf = (bornOn: Date, years: number): Date =>
  new Date(Date.UTC(bornOn.getUTCFullYear() + years, bornOn.getUTCMonth(), bornOn.getUTCDate()));

/** Those that bring something: each band but the first, and eighteen. */
export const birthdays = (bornOn: Date): readonly { readonly age: number; readonly on: Date }[] =>
  [...ageBands.slice(1).map((band) => from[band]), adultAt].map((age) => ({ age, on: birthdayOf(bornOn, age) }));

/** The band of somebody who was born on that day; undefined from eighteen on. */
export function bandAt(bornOn: Date, now: Date): AgeBand | undefined {
  if (now >= birthdayOf(bornOn, adultAt)) return undefined;
  return ageBands.findLast((band) => now >= birthdayOf(bornOn, from[band])) ?? ageBands[0];
}

/** How many days until they are eighteen is announced, of those that have come; undefined before, and when they are. */
export const announcedAt = (bornOn: Date, now: Date): number | undefined =>
  bandAt(bornOn, now) && announcedDays.findLast((days) => now >= daysAfter(birthdayOf(bornOn, adultAt), -days));

/** When the day of birth next makes a difference; null when it has made the last. */
export function nextGrowth(bornOn: Date, now: Date): Date | null {
  const adult = birthdayOf(bornOn, adultAt);
  const times = [...birthdays(bornOn).map(({ on }) => on), ...announcedDays.map((days) => daysAfter(adult, -days))];
  return times.filter((at) => at > now).toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** The rules of a band for a child who has some: whom it knows, when it rests and how it signs in stay as they were decided. */
export function grownInto(band: AgeBand, now: ChildRules): ChildRules {
  const { stranger, found, rooms } = beginWith[band];
  // Whoever was let to open rooms to everybody was let so by a parent, at no age.
  return { ...now, stranger, found, rooms: { ...rooms, publish: now.rooms.publish } };
}
