import { formatMoney, type Money } from "@/lib/billing/money.ts";
import { priceBook } from "@/lib/billing/price-book.ts";
import { locale, timeZone } from "@/messages/request.ts";

const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
const daysOfYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone });
const dayNumbers = new Intl.DateTimeFormat(locale, { day: "numeric", timeZone });

/** £6.25 */
export const money = (sum: Money): string => formatMoney(sum, locale);
/** A sum of the price book: £6.25 */
export const price = (minor: number): string => money({ minor, currency: priceBook.currency });
/** 24 November 2026 */
export const day = (date: Date): string => days.format(date);
/** 24 November */
export const dayOfYear = (date: Date): string => daysOfYear.format(date);
/** 24 */
export const dayOfMonth = (date: Date): number => Number(dayNumbers.format(date));
