import { add, isZero, type Money, minorOf, partOf } from "./money.ts";
import type { Plan, PriceBook } from "./read-price-book.ts";

/** The least that the payment vendor takes, in minor units (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
const least: Readonly<Record<string, number>> = {
  ...{ GBP: 30, EUR: 50, USD: 50, CAD: 50, AUD: 50, NZD: 50, CHF: 50, SGD: 50, BRL: 50, INR: 50 },
  ...{ DKK: 250, NOK: 300, SEK: 300, JPY: 50, HKD: 400, MXN: 1000, PLN: 200, CZK: 1500, HUF: 17500, RON: 200 },
};

/** A bill of one person: nobody's is less. `later` is the name's after its first year. */
interface Least {
  readonly now: Money;
  readonly later: Money;
}

/** Every home that could not be paid for: a payment page takes some money, or there is none. Each in a plain line. */
export const unpayableIn = (book: PriceBook): string[] =>
  Object.entries(book.plans).flatMap(([plan, prices]) =>
    Object.keys(book.endings).flatMap((ending) =>
      Object.keys(book.currencies).flatMap((currency) => {
        const words = leastBills(book, prices, ending, currency).flatMap((bill) => problemOf(bill) ?? []);
        return [...new Set(words)].map((one) => `endings.${ending} with plans.${plan} in ${currency} ${one}`);
      }),
    ),
  );

function leastBills({ endings }: PriceBook, { month, year }: Plan, ending: string, currency: string): Least[] {
  const [first, renewal] = [endings[ending]?.firstYear[currency], endings[ending]?.renewalYear[currency]];
  const homes = [
    { home: month.home[currency], parts: 12 },
    { home: year?.home[currency], parts: 1 },
  ];
  return homes.flatMap(({ home, parts }) =>
    home && first && renewal
      ? [{ now: add(home, partOf(first, parts)), later: add(home, partOf(renewal, parts)) }]
      : [],
  );
}

function problemOf({ now, later }: Least): string | undefined {
  if (isZero(now)) return isZero(later) ? undefined : "costs nothing at first and something later: no page takes that";
  const enough = least[now.currency] ?? 1;
  return minorOf(now) < enough ? `costs less than the payment vendor takes, ${enough} of its smallest unit` : undefined;
}
