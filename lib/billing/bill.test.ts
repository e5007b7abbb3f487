import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anythingSold, freeBook, fullBook } from "@/lib/testing/books.ts";
import {
  asksNoMore,
  billFor,
  dayRate,
  homeSum,
  isFree,
  linesOf,
  lowestTotal,
  namePart,
  plansFor,
  restOfName,
  savedByYear,
  type Terms,
  termsFor,
  termsNow,
  usualTerms,
} from "./bill.ts";
import { add, addAll, compare, minorOf, moneyOf, times } from "./money.ts";

const pounds = (minor: number) => moneyOf(minor, "GBP");
const sum = fc.integer({ min: 0, max: 1_000_000 }).map(pounds);
const usual = usualTerms("GBP");

describe("the bill", () => {
  it("is the home and a twelfth of the name", () => {
    expect(billFor("family", 3, usual)).toEqual({
      currency: "GBP",
      plan: "family",
      period: "month",
      tax: "inclusive",
      home: pounds(450),
      namePart: pounds(175),
      nameYear: pounds(2100),
      renewalYear: pounds(2100),
      addOns: [],
      total: pounds(625),
      laterTotal: pounds(625),
    });
  });

  it("says what it will be when the name costs more after its first year", () => {
    expect(billFor("me", 1, usual)).toMatchObject({ total: pounds(550), laterTotal: pounds(600) });
  });

  it("adds each person beyond those included, and takes no more than the plan does", () => {
    expect(homeSum(6, usual)).toEqual(pounds(450));
    expect(homeSum(8, usual)).toEqual(pounds(600));
    expect(homeSum(31, usual)).toBeUndefined();
    expect(billFor("family", 2, { ...usual, plan: "person" })).toBeUndefined();
    expect(billFor("family", 1, { ...usual, plan: "person" })).toMatchObject({ home: pounds(250) });
  });

  it("of a year has the whole name, and ten months' price of the home", () => {
    expect(billFor("me", 7, { ...usual, period: "year" })).toMatchObject({
      home: pounds(5250),
      namePart: pounds(1200),
      total: pounds(6450),
      laterTotal: pounds(7050),
    });
  });

  it("is none for what we do not sell, nor for a word every object knows", () => {
    for (const word of ["museum", "constructor", "__proto__"]) {
      expect(billFor(word, 1, usual)).toBeUndefined();
      for (const terms of [{ currency: word }, { plan: word }])
        expect(billFor("family", 1, { ...usual, ...terms })).toBeUndefined();
    }
  });

  it("begins at the cheapest ending", () => {
    expect(lowestTotal(usual)).toEqual(pounds(525));
  });

  it("is nothing when an operator gives everything away", () => {
    const bill = billFor("family", 9, usualTerms("EUR", freeBook), freeBook);
    expect(bill && isFree(bill)).toBe(true);
    expect(bill && linesOf(bill).map((line) => minorOf(line.sum))).toEqual([0, 0]);
  });

  it("is the sum of its lines, in one currency, whatever is bought", () => {
    fc.assert(
      fc.property(anythingSold, ({ ending, people, terms }) => {
        const bill = billFor(ending, people, terms, fullBook);
        if (!bill) throw new Error("Everything in the full book is sold");
        const lines = linesOf(bill).map((line) => line.sum);
        expect(addAll(lines, terms.currency)).toEqual(bill.total);
        expect(bill.laterTotal).toEqual(
          add(
            addAll([bill.home, ...bill.addOns.map((one) => one.sum)], terms.currency),
            namePart(bill.renewalYear, terms.period),
          ),
        );
      }),
    );
  });

  it("keeps its terms only as far as the book still has them", () => {
    const kept = { ...usual, addOns: [{ id: "room", sum: pounds(100) }] };
    expect(termsNow(kept, fullBook)).toEqual({ ...usual, addOns: ["room"] });
    expect(termsNow({ ...kept, currency: "CHF", plan: "gone" })).toEqual(usual);
    expect(termsNow({ ...kept, period: "year" }, freeBook)).toEqual(usual);
  });

  it("moves to the first plan with room for so many, and to its period", () => {
    expect(plansFor(1)).toEqual(["family", "person"]);
    expect(plansFor(2)).toEqual(["family"]);
    expect(plansFor(31)).toEqual([]);
    const alone = { ...usual, plan: "person", period: "year" as const };
    expect(termsFor(1, alone)).toBe(alone);
    expect(termsFor(2, alone)).toEqual({ ...alone, plan: "family" });
    expect(termsFor(2, alone, freeBook)).toEqual(usual);
    expect(termsFor(99, { ...usual, addOns: ["room", "gone"] }, fullBook)).toEqual({
      ...{ ...usual, plan: "village" },
      addOns: ["room"],
    });
  });

  it("by the year saves what twelve monthly ones come to beyond it, the parts of the name among them", () => {
    const saved = (terms: Terms, people = 1) => {
      const by = (period: "month" | "year") => billFor("family", people, { ...terms, period }, fullBook);
      const [month, year] = [by("month"), by("year")];
      return month && year && savedByYear(month, year);
    };
    expect(saved(usual)).toEqual(pounds(900));
    expect(saved(usual, 8)).toEqual(pounds(1200));
    // 12 times 1.75 and nothing for the home, beside 21 and 1.01: no saving is said.
    expect(saved({ ...usual, plan: "village" })).toBeUndefined();
    // What is sold by the month only has no yearly bill to compare with.
    expect(saved({ ...usual, addOns: ["bridge"] })).toBeUndefined();
  });

  it("is never less than another of other money", () => {
    const [gbp, eur] = [billFor("uk", 1, usual), billFor("family", 1, usualTerms("EUR"))];
    expect(gbp && eur && asksNoMore(gbp, eur)).toBe(false);
  });
});

describe("a name's year in twelve parts", () => {
  const named = (nameYear: typeof sum extends fc.Arbitrary<infer M> ? M : never) => ({
    nameYear,
    namePart: namePart(nameYear, "month"),
  });

  it("leaves a rest that falls by one part a month, is never negative, and is gone after twelve", () => {
    fc.assert(
      fc.property(sum, fc.integer({ min: 0, max: 11 }), (year, parts) => {
        const name = named(year);
        const [rest, next] = [restOfName(name, parts), restOfName(name, parts + 1)];
        expect(minorOf(next)).toBe(Math.max(0, minorOf(rest) - minorOf(name.namePart)));
        expect(restOfName(name, 12)).toEqual(pounds(0));
      }),
    );
  });

  it("never makes leaving dearer than staying", () => {
    fc.assert(
      fc.property(sum, fc.integer({ min: 0, max: 12 }), (year, parts) => {
        const name = named(year);
        const left = add(times(name.namePart, parts), restOfName(name, parts));
        expect(compare(left, times(name.namePart, 12))).toBeLessThanOrEqual(0);
      }),
    );
  });

  it("shows the rest the check page names", () => {
    expect(restOfName(named(pounds(2100)), 1)).toEqual(pounds(1925));
  });
});

it("asks a thirtieth of the home for a day of use, or a 365th of a year, never more", () => {
  expect(dayRate({ home: pounds(450), period: "month" })).toEqual(pounds(15));
  fc.assert(
    fc.property(sum, (home) => {
      expect(compare(times(dayRate({ home, period: "month" }), 30), home)).toBeLessThanOrEqual(0);
      expect(compare(times(dayRate({ home, period: "year" }), 365), home)).toBeLessThanOrEqual(0);
    }),
  );
});
