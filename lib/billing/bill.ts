import { type PriceBook, priceBook, priceOf } from "./price-book.ts";

/** One family's bill. All sums in minor units of `currency`, tax included. */
export interface Bill {
  readonly currency: string;
  /** The home with all its people, a month. */
  readonly homeMinor: number;
  /** A twelfth of the name's first year, rounded up. */
  readonly nameMonthMinor: number;
  readonly nameYearMinor: number;
  readonly renewalYearMinor: number;
  /** Each month of the first year. */
  readonly totalMinor: number;
  /** Each month from the second year on, at today's renewal price. */
  readonly laterTotalMinor: number;
}

/** A year in twelve parts, rounded up to the minor unit: rounded down, the last part would be missing. */
export const monthOfYear = (yearMinor: number): number => Math.ceil(yearMinor / 12);

/** The home for so many people, the one who runs it among them. */
export function homeMonth(people: number, { home }: PriceBook = priceBook): number {
  return home.monthMinor + Math.max(0, people - home.included) * home.furtherPersonMonthMinor;
}

/** The bill for a name with this ending; undefined when we do not sell it. */
export function billFor(ending: string, people: number, book: PriceBook = priceBook): Bill | undefined {
  const price = priceOf(ending, book);
  if (!price) return undefined;
  const homeMinor = homeMonth(people, book);
  const nameMonthMinor = monthOfYear(price.firstYearMinor);
  return {
    currency: book.currency,
    homeMinor,
    nameMonthMinor,
    nameYearMinor: price.firstYearMinor,
    renewalYearMinor: price.renewalYearMinor,
    totalMinor: homeMinor + nameMonthMinor,
    laterTotalMinor: homeMinor + monthOfYear(price.renewalYearMinor),
  };
}

/** What of the name's year is still to be paid after so many monthly parts: it is due when they leave. */
export const restOfNameYear = (yearMinor: number, partsPaid: number): number =>
  Math.max(0, yearMinor - partsPaid * monthOfYear(yearMinor));

/** What a day of use costs when they withdraw: a thirtieth, rounded down in their favour. */
export const dayRate = (homeMinor: number): number => Math.floor(homeMinor / 30);

/** The least a home with a name costs a month: what the front page begins with. */
export function lowestTotal(book: PriceBook = priceBook): number {
  const totals = Object.keys(book.endings).flatMap((ending) => billFor(ending, 1, book)?.totalMinor ?? []);
  return Math.min(...totals);
}
