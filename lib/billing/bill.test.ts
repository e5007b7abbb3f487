import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { billFor, dayRate, homeMonth, lowestTotal, monthOfYear, restOfNameYear } from "./bill.ts";
import { type PriceBook, priceBook } from "./price-book.ts";

const minor = fc.integer({ min: 0, max: 1_000_000 });

describe("the bill", () => {
  it("is the home and a twelfth of the name", () => {
    expect(billFor("family", 3)).toEqual({
      currency: "GBP",
      homeMinor: 450,
      nameMonthMinor: 175,
      nameYearMinor: 2100,
      renewalYearMinor: 2100,
      totalMinor: 625,
      laterTotalMinor: 625,
    });
  });

  it("says what it will be when the name costs more after its first year", () => {
    expect(billFor("me", 1)).toMatchObject({ totalMinor: 550, laterTotalMinor: 600 });
  });

  it("adds each person beyond those included", () => {
    const { monthMinor, included, furtherPersonMonthMinor } = priceBook.home;
    expect(homeMonth(included)).toBe(monthMinor);
    expect(homeMonth(included + 2)).toBe(monthMinor + 2 * furtherPersonMonthMinor);
  });

  it("is none for an ending we do not sell, nor for a word every object knows", () => {
    expect(billFor("museum", 1)).toBeUndefined();
    expect(billFor("constructor", 1)).toBeUndefined();
    expect(billFor("__proto__", 1)).toBeUndefined();
  });

  it("begins at the cheapest ending", () => {
    expect(lowestTotal()).toBe(525);
  });

  it("is nothing when an operator gives everything away", () => {
    const free: PriceBook = {
      currency: "GBP",
      home: { monthMinor: 0, included: 6, furtherPersonMonthMinor: 0, mostPeople: 30 },
      endings: { family: { firstYearMinor: 0, renewalYearMinor: 0, shortest: 1, wholesaleCapUsd: 100 } },
    };
    expect(billFor("family", 9, free)).toMatchObject({ totalMinor: 0, laterTotalMinor: 0 });
  });
});

describe("a name's year in twelve parts", () => {
  it("is never short of the year, and over it by less than twelve minor units", () => {
    fc.assert(
      fc.property(minor, (year) => {
        const paid = 12 * monthOfYear(year);
        expect(paid).toBeGreaterThanOrEqual(year);
        expect(paid - year).toBeLessThan(12);
      }),
    );
  });

  it("leaves a rest that falls by one part a month, is never negative, and is gone after twelve", () => {
    fc.assert(
      fc.property(minor, fc.integer({ min: 0, max: 11 }), (year, parts) => {
        const rest = restOfNameYear(year, parts);
        expect(rest).toBeGreaterThanOrEqual(0);
        expect(restOfNameYear(year, parts + 1)).toBe(Math.max(0, rest - monthOfYear(year)));
        expect(restOfNameYear(year, 12)).toBe(0);
      }),
    );
  });

  it("never makes leaving dearer than staying", () => {
    fc.assert(
      fc.property(minor, fc.integer({ min: 0, max: 12 }), (year, parts) => {
        expect(parts * monthOfYear(year) + restOfNameYear(year, parts)).toBeLessThanOrEqual(12 * monthOfYear(year));
      }),
    );
  });

  it("shows the rest the check page names", () => {
    expect(restOfNameYear(2100, 1)).toBe(1925);
  });
});

it("asks a thirtieth of the home for a day of use, never more", () => {
  expect(dayRate(450)).toBe(15);
  fc.assert(
    fc.property(minor, (home) => {
      expect(30 * dayRate(home)).toBeLessThanOrEqual(home);
    }),
  );
});
