import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anythingSold, freeBook, fullBook } from "@/lib/testing/books.ts";
import { type Bill, billFor, linesOf, withHome } from "./bill.ts";
import { addAll, isZero, minorOf, moneyOf, same } from "./money.ts";
import { book as written } from "./price-book.ts";
import { prices } from "./prices.ts";
import { readPriceBook } from "./read-price-book.ts";
import { soldFor } from "./terms-change.ts";

function smiths(people = 3, book = prices()): Bill {
  const bill = billFor("family", people, { currency: "GBP", plan: "family", period: "month", addOns: [] }, book);
  if (!bill) throw new Error("Not sold");
  return bill;
}

describe("What is sold to a family that changes", () => {
  test("within what its plan includes is what it has", () => {
    const bill = smiths();
    expect(soldFor(bill, { before: 3, after: 6 }, "family", prices())).toEqual({
      plan: "family",
      home: bill.home,
      differs: false,
    });
  });

  test("is at the price that was agreed as long as nothing differs, and at today's as soon as something does", () => {
    const dearer = readPriceBook({
      ...written,
      plans: {
        family: {
          included: 6,
          most: 30,
          month: { home: { GBP: "9", EUR: "9", USD: "9" }, furtherPerson: { GBP: "1", EUR: "1", USD: "1" } },
        },
      },
    });
    const bill = smiths();
    const home = (after: number) => soldFor(bill, { before: 3, after }, "family", dearer)?.home;
    expect(home(4)).toEqual(moneyOf(450, "GBP"));
    expect(home(7)).toEqual(moneyOf(1000, "GBP"));
  });

  test("is the first plan with room where theirs has none, and nothing where none has", () => {
    const alone = withHome(smiths(1), { plan: "person", home: moneyOf(250, "GBP") });
    expect(soldFor(alone, { before: 1, after: 2 }, "person", prices())).toMatchObject({
      plan: "family",
      differs: true,
    });
    expect(soldFor(smiths(), { before: 30, after: 31 }, "family", prices())).toBeUndefined();
  });

  test("costs nothing where it was given away, and is not sold where it would cost something", () => {
    expect(soldFor(smiths(3, freeBook), { before: 3, after: 9 }, "family", freeBook)).toMatchObject({ differs: false });
    const given = smiths(3, freeBook);
    expect(soldFor(given, { before: 3, after: 9 }, "family", prices())).toBeUndefined();
  });

  test("has lines that come to its total, whatever is changed to whatever", () => {
    const property = fc.property(anythingSold, fc.integer({ min: 1, max: 30 }), ({ ending, people, terms }, after) => {
      const bill = billFor(ending, people, terms, fullBook);
      if (!bill) return;
      for (const plan of Object.keys(fullBook.plans)) {
        const sold = soldFor(bill, { before: people, after }, plan, fullBook);
        if (!sold) continue;
        const changed = withHome(bill, sold);
        const sums = linesOf(changed).map(({ sum }) => sum);
        expect(same(addAll(sums, changed.currency), changed.total)).toBe(true);
        expect(minorOf(changed.laterTotal) - minorOf(changed.total)).toBe(
          minorOf(bill.laterTotal) - minorOf(bill.total),
        );
        if (isZero(bill.total)) expect(isZero(changed.total)).toBe(true);
      }
    });
    fc.assert(property);
  });
});
