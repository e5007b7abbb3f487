import { daysAfter } from "@/lib/clock.ts";
import type { NameYear } from "@/lib/generated/prisma/client.ts";
import { atMost, compare, type Money, moneyOf, quarterMore } from "./money.ts";
import { monthsAfter } from "./next-bill.ts";

/** What a later year costs is read so long before it begins: a fortnight for a registrar that is away, then the first letter. */
export const readDays = 60;
/** An increase is told so many days before the year begins, and once more. */
export const toldDays = [45, 14] as const;
/** A bill is looked at once a day: that is begun a day earlier, so that nobody is told a day late. */
const lookDays = 1;
/** So many days before it begins what counts is fixed: time for a weekend on which the payment vendor or we are away. */
export const fixDays = 3;

const months = 12;

/** When that year of the name begins. The first, which was bought with the home, began with the bill. */
export const beginningOf = (begunAt: Date, year: number): Date => monthsAfter(begunAt, months * (year - 1));

/** Which year of the name `at` lies in. */
export function yearAt(begunAt: Date, at: Date): number {
  let year = 1;
  while (beginningOf(begunAt, year + 1) <= at) year++;
  return year;
}

/** The later years whose price is to be known by now: that which runs, and the next one when it is near. */
export function yearsToKnow(begunAt: Date, now: Date): readonly number[] {
  const runs = yearAt(begunAt, now);
  const isNear = daysAfter(beginningOf(begunAt, runs + 1), -readDays) <= now;
  return [...(runs > 1 ? [runs] : []), ...(isNear ? [runs + 1] : [])];
}

type Sums = Pick<NameYear, "currency" | "agreedMinor" | "beforeMinor" | "askedMinor" | "priceMinor">;
type Told = Sums & Pick<NameYear, "beginsAt" | "announcedAt" | "answer">;

const sum = ({ currency }: Sums, minor: number): Money => moneyOf(minor, currency);
export const agreedFor = (year: Sums): Money => sum(year, year.agreedMinor);
export const priceBefore = (year: Sums): Money => sum(year, year.beforeMinor);
/** What we ask for it; what was agreed for as long as the registrar was not asked. */
export const askedFor = (year: Sums): Money => sum(year, year.askedMinor ?? year.agreedMinor);

/**
 * The most that a year may cost without the family's yes: a quarter more than was agreed. A registry raises its prices by some
 * percent a year, which is told and nothing more; by a quarter it does not happen to a family without being asked.
 */
export const limitFor = (year: Sums): Money => quarterMore(agreedFor(year));

export const needsYes = (year: Sums): boolean => compare(askedFor(year), limitFor(year)) > 0;

/** Told early enough: with the last letter's days still ahead. */
const isToldInTime = ({ beginsAt, announcedAt }: Told): boolean =>
  announcedAt !== null && announcedAt <= daysAfter(beginsAt, -toldDays[1]);

/**
 * What the year costs, as things stand. Never more than was agreed where nobody told them in time, and never more than the limit
 * without their yes. `told` says that they are being told: what the letter may say.
 */
export function priceOf(year: Told, told = isToldInTime(year)): Money {
  if (year.priceMinor !== null) return sum(year, year.priceMinor);
  if (!told) return atMost(askedFor(year), agreedFor(year));
  return year.answer === "yes" ? askedFor(year) : atMost(askedFor(year), limitFor(year));
}

/** Whether there is anything to tell: it costs more than the year before, or would with their yes. */
export const isDearer = (year: Told): boolean => compare(askedFor(year), priceBefore(year)) > 0;

/** Which telling is due by now, in days before the year begins; undefined where none is, or it is too late to begin with it. */
export function tellingDue(year: Told, now: Date): number | undefined {
  if (year.priceMinor !== null || year.askedMinor === null || !isDearer(year)) return undefined;
  if (!year.announcedAt && now > daysAfter(year.beginsAt, -toldDays[1])) return undefined;
  return toldDays.findLast((days) => daysAfter(year.beginsAt, -days - lookDays) <= now);
}

/** Until when they may say yes or no. */
export const answerUntil = ({ beginsAt }: Pick<NameYear, "beginsAt">): Date => daysAfter(beginsAt, -fixDays);

/** Whether the family was asked for its yes. */
export const isAsked = (year: Told): boolean => year.announcedAt !== null && needsYes(year);

/** Whether what they say still counts. */
export const mayAnswer = (year: Told, now: Date): boolean =>
  isAsked(year) && year.priceMinor === null && now < answerUntil(year);

/** A year that was noticed late waits so long for the registrar's answer. */
const waitDays = 1;

/** Whether what it costs is to be fixed by now. */
export function isToFix(year: NameYear, now: Date): boolean {
  if (year.priceMinor !== null || answerUntil(year) > now) return false;
  return year.readAt !== null || daysAfter(year.createdAt, waitDays) <= now;
}
