import { exact, isDecimal, upTo } from "@/lib/billing/decimal.ts";
import { add, digitsOf, type Money, moneyOf, times } from "@/lib/billing/money.ts";
import type { World } from "@/lib/world.ts";

/** What the registrar was paid for names in one month, in its own currency. */
export interface NamesBought {
  /** UTC, such as 2026-11. */
  readonly month: string;
  readonly what: "registration" | "renewal";
  /**
   * `journal`: the price at which the order was sent, as the attempt says. Of renewals the registrar tells only the new date. `year`:
   * what it asked when the price of that year was read. `quote`: the price of the order's quote, where there is neither.
   */
  readonly source: "journal" | "year" | "quote";
  readonly names: number;
  readonly sum: Money;
}

interface Row extends Omit<NamesBought, "sum"> {
  /** For each name; a decimal string. */
  readonly price: string;
  readonly currency: string;
}

/** The newest month first. A name counts once it was seen to be there, in the month in which it was asked for. */
export async function namesBought({ db }: Pick<World, "db">): Promise<NamesBought[]> {
  // The summary is written in lib/provisioning/steps/domain.ts: "Register smith.family for 1 year, auto-renew on, 17.80 USD".
  const rows = await db.$queryRaw<Row[]>`
    WITH bought AS (
      SELECT DISTINCT ON (a."tenantId") o.id AS "orderId", a."startedAt" AS at, substring(a.summary FROM ', ([0-9.]+) [A-Z]{3}$') AS price,
        substring(a.summary FROM ' ([A-Z]{3})$') AS currency, o.quote->'wholesale' AS wholesale,
        (s.facts->>'registeredUntil')::timestamp AS until
      FROM "Attempt" a JOIN "Tenant" t ON t.id = a."tenantId" JOIN "Order" o ON o.id = t."orderId"
      LEFT JOIN "StepState" s ON s."tenantId" = t.id AND s.step = 'domain'
      WHERE a.step = 'domain' AND a.once AND a.outcome = 'seen' ORDER BY a."tenantId", a."startedAt" DESC),
    paid AS (
      SELECT at, 'registration' AS what, CASE WHEN price IS NULL THEN 'quote' ELSE 'journal' END AS source,
        coalesce(price, wholesale->>'registration') AS price, coalesce(currency, wholesale->>'currency') AS currency
      FROM bought
      UNION ALL
      -- Bought for a year: each year that it stands beyond the first was renewed. Registries round the date by a day or so.
      SELECT b.at + n * interval '1 year', 'renewal', CASE WHEN y.wholesale IS NULL THEN 'quote' ELSE 'year' END,
        coalesce(y.wholesale, b.wholesale)->>'renewal', coalesce(y.wholesale, b.wholesale)->>'currency'
      FROM bought b CROSS JOIN LATERAL generate_series(1, extract(year FROM age(b.until + interval '1 week', b.at))::int - 1) AS n
      LEFT JOIN "NameYear" y ON y."orderId" = b."orderId" AND y.year = n + 1)
    SELECT to_char(at, 'YYYY-MM') AS month, what, source, price, currency, count(*)::int AS names FROM paid
    WHERE price IS NOT NULL GROUP BY 1, 2, 3, 4, 5 ORDER BY 1 DESC, 2, 3, 5`;
  const bought: NamesBought[] = [];
  for (const row of rows) {
    const { month, what, source, names } = row;
    const sum = times(yearsPrice(row), names);
    const last = bought.at(-1);
    // Names of one month that cost different sums are one line.
    if (last?.month === month && last.what === what && last.source === source && last.sum.currency === sum.currency)
      bought[bought.length - 1] = { ...last, names: last.names + names, sum: add(last.sum, sum) };
    else bought.push({ month, what, source, names, sum });
  }
  return bought;
}

/** Rounded up to the smallest unit, should a registrar ask for a part of it. */
function yearsPrice({ price, currency }: Row): Money {
  if (!isDecimal(price)) throw new Error(`The journal says a name cost ${price} ${currency}`);
  const { over, under } = exact(price);
  return moneyOf(Number(upTo({ over: over * 10n ** BigInt(digitsOf(currency)), under }, 1n)), currency);
}
