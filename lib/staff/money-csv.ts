import { decimalOf, type Money } from "@/lib/billing/money.ts";
import { differenceLines, type MoneyReport, moneyLines } from "./report-money.ts";

const head = ["month", "currency", "line", "sum"] as const;

/**
 * The report for a spreadsheet: one row a month, currency and line, the exact sum with the currency's decimals. `all` stands
 * for every month together. What the registrar was paid follows, in its own currency.
 */
export function moneyCsv({ currencies, names }: MoneyReport): string {
  const row = (month: string, line: string, sum: Money): readonly string[] => [
    month,
    sum.currency,
    line,
    decimalOf(sum),
  ];
  const rows = currencies.flatMap(({ months, all, differences }) =>
    [...months, { month: "all", sums: all, differences }].flatMap((of) => [
      ...moneyLines.map((line) => row(of.month, line, of.sums[line])),
      ...differenceLines.map((line) => row(of.month, `difference-${line}`, of.differences[line])),
    ]),
  );
  const bought = names.map(({ month, what, source, sum }) => row(month, `registrar-${what}-${source}`, sum));
  return [head, ...rows, ...bought].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe; a number may begin with its minus. */
export function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
