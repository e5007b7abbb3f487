import { formatMoney, type Money } from "@/lib/billing/money.ts";
import { locale, timeZone } from "@/messages/request.ts";

const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
const daysOfYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone });
const daysShort = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
const times = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone });
const timesToSecond = new Intl.DateTimeFormat(locale, { timeStyle: "medium", timeZone });
const dayNumbers = new Intl.DateTimeFormat(locale, { day: "numeric", timeZone });

const all = new Intl.ListFormat(locale);
const any = new Intl.ListFormat(locale, { type: "disjunction" });

// A day without an hour is the same day everywhere.
const calendarDays = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
// Months of the books are UTC's, wherever one reads.
const months = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" });

/** £6.25 */
export const money = (sum: Money): string => formatMoney(sum, locale);
/** 24 November 2026 */
export const day = (date: Date): string => days.format(date);
/** 24 Nov 2026 */
export const dayShort = (date: Date): string => daysShort.format(date);
/** 24 November 2026, of 2026-11-24 */
export const calendarDay = (iso: string): string => calendarDays.format(new Date(`${iso}T00:00:00Z`));
/** 24 November */
export const dayOfYear = (date: Date): string => daysOfYear.format(date);
/** Nov 2026, of 2026-11 */
export const monthOfYear = (month: string): string => months.format(new Date(`${month}-01T00:00:00Z`));
/** 24 */
export const dayOfMonth = (date: Date): number => Number(dayNumbers.format(date));
/** 21:07 */
export const time = (date: Date): string => times.format(date);
/** 21:07:04 */
export const timeToSecond = (date: Date): string => timesToSecond.format(date);
/** 21:07 of today, and 23 November, 21:07 of another day. */
export const moment = (date: Date, now: Date): string =>
  day(date) === day(now) ? time(date) : `${dayOfYear(date)}, ${time(date)}`;
/** Anna and Ben */
export const listAll = (words: readonly string[]): string => all.format(words);
/** Anna or Ben */
export const listAny = (words: readonly string[]): string => any.format(words);
