import { prices } from "./prices.ts";
import type { Wholesale } from "./quote.ts";
import type { PriceBook } from "./read-price-book.ts";

/** A name for which the registrar asks more than the book's cap is treated as a rare one, and so is one in other money. */
export function tooDear(ending: string, asked: Wholesale, book: PriceBook = prices()): boolean {
  const dearest = Math.max(Number(asked.registration), Number(asked.renewal));
  return asked.currency !== "USD" || dearest > (book.endings[ending]?.capUsd ?? 0);
}
