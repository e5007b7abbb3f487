import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fullBook } from "@/lib/testing/books.ts";
import { billFor } from "./bill.ts";
import { moneyOf } from "./money.ts";
import { draftQuoteShape, keptQuote, quoteShape, readQuote } from "./quote.ts";

const wholesale = { currency: "USD", registration: "17.80", renewal: "17.80" };
/** As orders have it that began before there were plans. */
const old = {
  currency: "GBP",
  homeMinor: 450,
  nameMonthMinor: 100,
  nameYearMinor: 1200,
  renewalYearMinor: 1800,
  totalMinor: 550,
  laterTotalMinor: 600,
  wholesale,
};
/** How an earlier release, still running beside this one, reads what this one writes. */
const oldShape = z.object({
  currency: z.string().length(3),
  ...Object.fromEntries(
    ["homeMinor", "nameMonthMinor", "nameYearMinor", "renewalYearMinor", "totalMinor", "laterTotalMinor"].map((key) => [
      key,
      z.number().int().nonnegative(),
    ]),
  ),
  wholesale: z.object({ currency: z.string(), registration: z.string(), renewal: z.string() }),
});

describe("a quote", () => {
  it("of an earlier release is read as what it was: the family's, by the month, tax within", () => {
    expect(readQuote({ id: "ord_1", quote: old })).toEqual({
      ...{ currency: "GBP", plan: "family", period: "month", tax: "inclusive", addOns: [], wholesale },
      home: moneyOf(450, "GBP"),
      namePart: moneyOf(100, "GBP"),
      nameYear: moneyOf(1200, "GBP"),
      renewalYear: moneyOf(1800, "GBP"),
      total: moneyOf(550, "GBP"),
      laterTotal: moneyOf(600, "GBP"),
    });
  });

  it("comes back from the table as it was written, whatever was bought, and an earlier release can read it", () => {
    for (const currency of Object.keys(fullBook.currencies))
      for (const plan of Object.keys(fullBook.plans))
        for (const period of ["month", "year"] as const) {
          fc.assert(
            fc.property(
              fc.integer({ min: 1, max: 30 }),
              fc.subarray(Object.keys(fullBook.addOns)),
              (people, addOns) => {
                const bill = billFor("me", people, { currency, plan, period, addOns }, fullBook);
                if (!bill) throw new Error("Everything in the full book is sold");
                const kept: unknown = JSON.parse(JSON.stringify(keptQuote({ ...bill, wholesale })));
                expect(quoteShape.parse(kept)).toEqual({ ...bill, wholesale });
                expect(oldShape.parse(kept)).toMatchObject({ currency, wholesale });
              },
            ),
            { numRuns: 10 },
          );
        }
  });

  it("of a draft may not know yet what the registrar asks", () => {
    const { wholesale: _later, ...draft } = old;
    const read = draftQuoteShape.parse(draft);
    expect(read).not.toHaveProperty("wholesale");
    expect(keptQuote(read)).not.toHaveProperty("wholesale");
    expect(() => readQuote({ id: "ord_1", quote: draft })).toThrow("Order ord_1 has no quote");
  });
});
