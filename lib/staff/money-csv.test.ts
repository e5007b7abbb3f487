import { describe, expect, test } from "vitest";
import { moneyOf, zero } from "@/lib/billing/money.ts";
import { cell, moneyCsv } from "./money-csv.ts";
import { type MoneyLine, type MoneySums, moneyLines } from "./report-money.ts";

const sums = (currency: string, differ: Partial<Record<MoneyLine, number>>): MoneySums =>
  Object.fromEntries(moneyLines.map((line) => [line, moneyOf(differ[line] ?? 0, currency)])) as Record<
    MoneyLine,
    ReturnType<typeof zero>
  >;
const nothing = (currency: string) => ({ lines: zero(currency), books: zero(currency), account: zero(currency) });

describe("The report as CSV", () => {
  test("has one row a month, currency and line, with exact sums in the currency's own decimals", () => {
    const csv = moneyCsv({
      currencies: ["GBP", "JPY"].map((currency) => ({
        currency,
        months: [{ month: "2026-11", sums: sums(currency, { home: 450, fees: -29 }), differences: nothing(currency) }],
        all: sums(currency, { home: 450, fees: -29 }),
        differences: nothing(currency),
      })),
      wrong: [],
      names: [{ month: "2026-11", what: "registration", source: "journal", names: 2, sum: moneyOf(3560, "USD") }],
    });
    const rows = csv.trimEnd().split("\r\n");
    expect(rows[0]).toBe("month,currency,line,sum");
    expect(rows).toContain("2026-11,GBP,home,4.50");
    expect(rows).toContain("2026-11,GBP,fees,-0.29");
    expect(rows).toContain("all,JPY,home,450");
    expect(rows).toContain("all,GBP,difference-books,0.00");
    expect(rows).toContain("2026-11,USD,registrar-registration-journal,35.60");
    expect(rows).toHaveLength(1 + 2 * 2 * (moneyLines.length + 3) + 1);
  });

  test.each([
    ["=1+1", "'=1+1"],
    ["+44", "'+44"],
    ["-2+3", "'-2+3"],
    ["@sum", "'@sum"],
    ["\tx", "'\tx"],
    ["-6.25", "-6.25"],
    ['say "so", twice', '"say ""so"", twice"'],
    ["=a,b", `"'=a,b"`],
  ])("writes %j as %j, which no spreadsheet runs", (text, written) => {
    expect(cell(text)).toBe(written);
  });
});
