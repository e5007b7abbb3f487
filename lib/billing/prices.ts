import { book } from "./price-book.ts";
import { asksNothing, type PriceBook, readPriceBook } from "./read-price-book.ts";

let read: PriceBook | undefined;

/** Today's prices. Throws `PriceProblems` when the book cannot be read; each process asks for them before it begins. */
export function prices(): PriceBook {
  read ??= readPriceBook(book);
  return read;
}

/** The endings sold, in the order in which we suggest them. */
export const endingsSold = ({ endings }: PriceBook = prices()): readonly string[] => Object.keys(endings);

/** Whether anything costs anything here. */
export const asksMoney = (): boolean => !asksNothing(prices());
