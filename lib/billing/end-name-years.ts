import type { Db } from "@/lib/db.ts";
import type { KnownBill } from "./known-bill.ts";
import { minorOf } from "./money.ts";
import { beginningOf, yearAt } from "./name-year.ts";
import { readQuote } from "./quote.ts";
import { yearPrice } from "./rest-of-year.ts";

/**
 * The later years of a name that its family took elsewhere cost nothing here: the first that is not fixed yet is written down as one
 * that asks nothing, and every one after it costs what the one before does. The year that runs stays as it was agreed, in its parts
 * and on a last bill. So does one of which what it costs was fixed, a few days before it begins: the registrar renewed it.
 */
export async function endNameYears(
  db: Db,
  { order, bill }: Pick<KnownBill, "order" | "bill">,
  now: Date,
): Promise<void> {
  const { begunAt, years } = bill;
  // The bill asks nothing for it already.
  if (!begunAt || years.some(({ priceMinor }) => priceMinor === 0)) return;
  const quote = readQuote(order);
  const isFixed = (year: number): boolean => years.some((one) => one.year === year && one.priceMinor !== null);
  let year = yearAt(begunAt, now) + 1;
  while (isFixed(year)) year += 1;
  const free = { askedMinor: 0, dear: false, readAt: now, nextTryAt: null, detail: null };
  await db.nameYear.createMany({
    data: [
      {
        ...{ orderId: order.id, year, beginsAt: beginningOf(begunAt, year), currency: quote.currency, createdAt: now },
        agreedMinor: minorOf(yearPrice(quote, years, year)),
        beforeMinor: minorOf(yearPrice(quote, years, year - 1)),
        ...free,
      },
    ],
    skipDuplicates: true,
  });
  await db.nameYear.updateMany({
    where: {
      orderId: order.id,
      year: { gte: year },
      priceMinor: null,
      OR: [{ askedMinor: null }, { askedMinor: { gt: 0 } }],
    },
    data: free,
  });
}
