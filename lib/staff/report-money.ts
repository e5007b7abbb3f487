import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { add, addAll, isZero, type Money, moneyOf, negate } from "@/lib/billing/money.ts";
import type { World } from "@/lib/world.ts";
import { moneyRows } from "./money-sql.ts";
import { type NamesBought, namesBought } from "./names-bought.ts";
import { staffOf } from "./staff-of.ts";

/**
 * The lines of the report, in the order in which they are read. `tax` lies within the five before it; `credit` is what bills
 * were paid with beside money, or left for the next ones.
 */
export const moneyLines = [
  ...(["home", "name", "rest-of-name", "add-ons", "other", "tax", "credit", "paid", "credited", "under-way"] as const),
  ...(["charge", "refund", "refund-failed", "dispute", "dispute-won", "exchanged", "fees", "stays"] as const),
] as const;
export type MoneyLine = (typeof moneyLines)[number];
export type MoneySums = Readonly<Record<MoneyLine, Money>>;

/** Each is zero, or something is wrong: with us, with the vendor, or with what was done by hand. */
export interface Differences {
  /** The lines of the paid invoices, less their totals. */
  readonly lines: Money;
  /** Invoices paid, less credit notes, less what came and did not go back. */
  readonly books: Money;
  /** What came, went, was taken and charged for, less what the vendor's own entries come to. */
  readonly account: Money;
}

export const differenceLines = ["lines", "books", "account"] as const satisfies readonly (keyof Differences)[];

interface Reckoned {
  readonly sums: MoneySums;
  readonly differences: Differences;
}

export interface CurrencyReport {
  readonly currency: string;
  /** By months (UTC), such as 2026-11, the newest first. */
  readonly months: readonly (Reckoned & { readonly month: string })[];
  readonly all: MoneySums;
  readonly differences: Differences;
}

export interface WrongCustomer {
  readonly customerId: string;
  readonly orderId: string | null;
  readonly tenantId: string | null;
  readonly name: string | null;
  readonly differences: Differences;
}

export interface MoneyReport {
  readonly currencies: readonly CurrencyReport[];
  /** Whose sums do not agree; at most `mostWrong`. */
  readonly wrong: readonly WrongCustomer[];
  readonly names: readonly NamesBought[];
}

interface Row {
  readonly currency: string;
  readonly line: string;
  /** Null for what has no moment. */
  readonly month: string | null;
  readonly minor: number;
}

/** As many as a page shows; whoever has more has one cause for all of them. */
const mostWrong = 50;

/**
 * What was invoiced, what moved and what stays, by currency and month. Invoices and movements are two sides of the vendor's
 * books: read apart, they must come to the same. A month may have a difference of its own (paid on its last day, given back
 * on the next one's first); all months together may not.
 */
export async function reportMoney(world: Pick<World, "db" | "clock">, who: SignedIn | undefined): Promise<MoneyReport> {
  await staffOf(world, who);
  // Added up as whole numbers, and handed over as a double: exact up to 2^53, beyond which `moneyOf` refuses.
  const rows = await world.db.$queryRaw<Row[]>`
    SELECT currency, line, to_char(at, 'YYYY-MM') AS month, sum(minor)::float8 AS minor FROM ${moneyRows} AS r
    GROUP BY 1, 2, 3 ORDER BY 1, 3 DESC`;
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  return {
    currencies: currencies.map((currency) =>
      currencyReport(
        currency,
        rows.filter((row) => row.currency === currency),
      ),
    ),
    wrong: await wrongCustomers(world),
    names: await namesBought(world),
  };
}

function currencyReport(currency: string, rows: readonly Row[]): CurrencyReport {
  const months = [...new Set(rows.flatMap(({ month }) => month ?? []))];
  return {
    currency,
    months: months.map((month) => {
      const ofMonth = rows.filter((row) => row.month === month);
      return { month, sums: sumsOf(currency, ofMonth), differences: differencesOf(currency, ofMonth) };
    }),
    all: sumsOf(currency, rows),
    differences: differencesOf(currency, rows),
  };
}

type Sum = Pick<Row, "line" | "minor">;

const lineSum = (currency: string, rows: readonly Sum[], line: string): Money =>
  addAll(
    rows.filter((row) => row.line === line).map(({ minor }) => moneyOf(minor, currency)),
    currency,
  );

const sumsOf = (currency: string, rows: readonly Sum[]): MoneySums =>
  Object.fromEntries(moneyLines.map((line) => [line, lineSum(currency, rows, line)])) as Record<MoneyLine, Money>;

function differencesOf(currency: string, rows: readonly Sum[]): Differences {
  const all = (...lines: readonly string[]): Money =>
    addAll(
      lines.map((line) => lineSum(currency, rows, line)),
      currency,
    );
  const less = (a: Money, ...b: readonly string[]): Money => add(a, negate(all(...b)));
  return {
    lines: less(all("home", "name", "rest-of-name", "add-ons", "other"), "invoiced"),
    books: less(all("paid", "credited", "under-way"), "charge", "refund", "refund-failed"),
    account: less(all("charge", "refund", "refund-failed", "dispute", "dispute-won", "exchanged", "fees"), "stays"),
  };
}

/** The same three by customer: PostgreSQL compares, so that only those that differ are read. */
async function wrongCustomers({ db }: Pick<World, "db">): Promise<WrongCustomer[]> {
  const rows = await db.$queryRaw<(Row & Omit<WrongCustomer, "differences">)[]>`
    WITH rows AS (SELECT * FROM ${moneyRows} AS r),
    wrong AS (SELECT "customerId", currency FROM rows GROUP BY 1, 2 HAVING
      sum(minor) FILTER (WHERE line IN ('home', 'name', 'rest-of-name', 'add-ons', 'other'))
        IS DISTINCT FROM sum(minor) FILTER (WHERE line = 'invoiced')
      OR coalesce(sum(CASE WHEN line IN ('paid', 'credited', 'under-way') THEN minor
        WHEN line IN ('charge', 'refund', 'refund-failed') THEN -minor END), 0) <> 0
      OR coalesce(sum(CASE WHEN line IN ('charge', 'refund', 'refund-failed', 'dispute', 'dispute-won', 'exchanged', 'fees')
        THEN minor WHEN line = 'stays' THEN -minor END), 0) <> 0
      ORDER BY 1, 2 LIMIT ${mostWrong})
    SELECT r.currency, r.line, NULL AS month, sum(r.minor)::float8 AS minor, c.id AS "customerId", c."orderId",
      t.id AS "tenantId", coalesce(t.name, o.name) AS name
    FROM wrong w JOIN rows r USING ("customerId", currency) JOIN "Customer" c ON c.id = w."customerId"
    LEFT JOIN "Order" o ON o.id = c."orderId"
    LEFT JOIN LATERAL (SELECT id, name FROM "Tenant" WHERE "orderId" = c."orderId" ORDER BY "createdAt" DESC LIMIT 1) t ON true
    GROUP BY r.currency, r.line, c.id, t.id, t.name, o.name ORDER BY c.id`;
  const ids = [...new Set(rows.map(({ customerId, currency }) => `${customerId} ${currency}`))];
  return ids.flatMap((id) => {
    const theirs = rows.filter(({ customerId, currency }) => `${customerId} ${currency}` === id);
    const [first] = theirs;
    if (!first) return [];
    const { currency, customerId, orderId, tenantId, name } = first;
    return [{ customerId, orderId, tenantId, name, differences: differencesOf(currency, theirs) }];
  });
}

export const agrees = ({ lines, books, account }: Differences): boolean => [lines, books, account].every(isZero);
