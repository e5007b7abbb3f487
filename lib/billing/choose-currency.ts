import { prices } from "./prices.ts";
import type { PriceBook } from "./read-price-book.ts";

export interface Reader {
  /** What the reader chose, if anything. */
  readonly chosen: string | undefined;
  /** Where the reader is, such as `GB`, as a proxy before us says. */
  readonly country: string | undefined;
  /** The browser's languages, such as `en-GB,en;q=0.9`. */
  readonly languages: string | undefined;
}

/** Theirs if we sell in it; else that of their country, else of the first country among their languages, else the book's first. */
export function currencyFor({ chosen, country, languages }: Reader, { currencies }: PriceBook = prices()): string {
  if (chosen !== undefined && currencies[chosen]) return chosen;
  const all = Object.entries(currencies);
  const of = (where: string | undefined) => all.find(([, { countries }]) => where && countries.includes(where))?.[0];
  const region = /^\s*[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})\b/i;
  const tongues = (languages ?? "").split(",").flatMap((tag) => region.exec(tag)?.[1]?.toUpperCase() ?? []);
  return of(country?.toUpperCase()) ?? of(tongues[0]) ?? all[0]?.[0] ?? "";
}
