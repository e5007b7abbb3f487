import { exact } from "./decimal.ts";
import { compare, inProportion, type Money } from "./money.ts";
import { prices } from "./prices.ts";
import type { Wholesale } from "./quote.ts";
import { byRule, type PriceBook } from "./read-price-book.ts";
import { tooDear } from "./too-dear.ts";

export interface Renewal {
  /** A year of ours; undefined where the book does not sell such a name any more. */
  readonly sum: Money | undefined;
  /** The registrar asks more than the book allows, or nobody can tell: a person of ours looks. */
  readonly dear: boolean;
}

/**
 * What we ask for a year's renewal today: the book's price. Above the book's cap, where it would be less than our cost, the price
 * follows what the registrar asks.
 */
export function renewalNow(
  name: string,
  currency: string,
  asked: Wholesale | undefined,
  book: PriceBook = prices(),
): Renewal {
  const ending = name.slice(name.indexOf(".") + 1);
  const sum = book.endings[ending]?.renewalYear[currency];
  if (!asked) return { sum, dear: true };
  const dear = tooDear(ending, { ...asked, registration: asked.renewal }, book);
  if (!sum || !dear || asked.currency !== "USD") return { sum, dear: dear || !sum };
  const followed = following(sum, currency, asked.renewal, book, ending);
  return { sum: compare(followed, sum) > 0 ? followed : sum, dear };
}

/** By the book's rule; where it has none, as much more than its own price as the registrar asks more than its cap. */
function following(sum: Money, currency: string, asked: string, book: PriceBook, ending: string): Money {
  const rule = book.currencies[currency]?.names;
  if (rule) return byRule(rule, asked, currency);
  const [now, cap] = [exact(asked), exact(String(book.endings[ending]?.capUsd ?? asked))];
  return inProportion(sum, { over: now.over * cap.under, under: now.under * cap.over });
}
