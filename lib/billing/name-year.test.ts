import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysAfter } from "@/lib/clock.ts";
import { compare, minorOf } from "./money.ts";
import {
  agreedFor,
  answerUntil,
  askedFor,
  beginningOf,
  limitFor,
  needsYes,
  priceOf,
  tellingDue,
  yearAt,
  yearsToKnow,
} from "./name-year.ts";

const begun = new Date("2024-02-29T10:00:00Z");
const at = (text: string) => new Date(text);

describe("The years of a name", () => {
  test("count from the bill's beginning, on the last day of a February that has one day less", () => {
    expect(yearAt(begun, begun)).toBe(1);
    expect(yearAt(begun, at("2025-02-28T09:59:59Z"))).toBe(1);
    expect(yearAt(begun, at("2025-02-28T10:00:00Z"))).toBe(2);
    expect(beginningOf(begun, 5)).toEqual(at("2028-02-29T10:00:00Z"));
  });

  test("are to be known from sixty days before, and while they run", () => {
    expect(yearsToKnow(begun, at("2024-12-30T09:59:59Z"))).toEqual([]);
    expect(yearsToKnow(begun, at("2024-12-30T10:00:00Z"))).toEqual([2]);
    expect(yearsToKnow(begun, at("2025-02-28T10:00:00Z"))).toEqual([2]);
    expect(yearsToKnow(begun, at("2026-01-01T00:00:00Z"))).toEqual([2, 3]);
  });

  const moments = fc.date({ min: at("2024-03-01T00:00:00Z"), max: at("2044-01-01T00:00:00Z"), noInvalidDate: true });
  test("follow each other without a gap: each moment lies in one", () => {
    fc.assert(
      fc.property(moments, moments, (a, b) => {
        const [from, then] = a < b ? [a, b] : [b, a];
        const year = yearAt(from, then);
        expect(beginningOf(from, year) <= then && then < beginningOf(from, year + 1)).toBe(true);
      }),
    );
  });
});

const beginsAt = at("2026-11-30T12:00:00Z");
/** A year that was agreed for £18.00, after one for £12.00. */
const year = (differs: object = {}) => ({
  ...{ currency: "GBP", agreedMinor: 1800, beforeMinor: 1200, askedMinor: 1800, priceMinor: null },
  ...{ beginsAt, announcedAt: daysAfter(beginsAt, -45), answer: null },
  ...differs,
});
const price = (differs: object) => minorOf(priceOf(year(differs)));

describe("What a later year costs", () => {
  test("is what is asked, up to a quarter more than was agreed", () => {
    expect(price({})).toBe(1800);
    expect(price({ askedMinor: 900 })).toBe(900);
    expect(price({ askedMinor: 2244 })).toBe(2244);
    // £22.50, down to what twelve equal parts come to.
    expect(price({ askedMinor: 2250 })).toBe(2244);
  });

  test("is more than that with the family's yes alone", () => {
    expect(needsYes(year({ askedMinor: 2244 }))).toBe(false);
    expect(needsYes(year({ askedMinor: 2245 }))).toBe(true);
    expect(price({ askedMinor: 9900, answer: "yes" })).toBe(9900);
    expect(price({ askedMinor: 9900, answer: "no" })).toBe(2244);
    expect(price({ askedMinor: 9900 })).toBe(2244);
  });

  test("is no more than was agreed where it was told too late, or never, whatever they say", () => {
    for (const announcedAt of [null, daysAfter(beginsAt, -13)]) {
      expect(price({ askedMinor: 2000, announcedAt })).toBe(1800);
      expect(price({ askedMinor: 9900, announcedAt, answer: "yes" })).toBe(1800);
      expect(price({ askedMinor: 900, announcedAt })).toBe(900);
    }
  });

  test("is what was agreed while the registrar has not answered, and what was fixed from then on", () => {
    expect(price({ askedMinor: null })).toBe(1800);
    expect(price({ priceMinor: 2000, answer: "yes", askedMinor: 9900 })).toBe(2000);
  });

  const sums = fc.integer({ min: 0, max: 1_000_000 });
  const some = fc.record({
    ...{ agreedMinor: sums, beforeMinor: sums, askedMinor: sums },
    answer: fc.constantFrom(null, "yes", "no"),
    announcedAt: fc.constantFrom(null, daysAfter(beginsAt, -46), daysAfter(beginsAt, -14), daysAfter(beginsAt, -2)),
  });
  test("is never more than asked, and never more than a quarter above what was agreed without a yes", () => {
    fc.assert(
      fc.property(some, (differs) => {
        const one = year(differs);
        expect(compare(priceOf(one), askedFor(one))).toBeLessThanOrEqual(0);
        if (one.answer !== "yes") expect(minorOf(priceOf(one)) * 4).toBeLessThanOrEqual(minorOf(agreedFor(one)) * 5);
        expect(compare(limitFor(one), agreedFor(one))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("A dearer year is told", () => {
  const due = (days: number, differs: object = {}) =>
    tellingDue(year({ announcedAt: null, ...differs }), daysAfter(beginsAt, -days));

  test("45 and 14 days before at the latest, on a bill that is looked at once a day", () => {
    expect([47, 46, 30, 16, 15, 14].map((days) => due(days))).toEqual([undefined, 45, 45, 45, 14, 14]);
  });
  test("not for the first time when it is too late to count, and no more once it is fixed", () => {
    expect(due(13)).toBeUndefined();
    expect(due(13, { announcedAt: daysAfter(beginsAt, -40) })).toBe(14);
    expect(due(2, { announcedAt: daysAfter(beginsAt, -40), priceMinor: 1800 })).toBeUndefined();
  });
  test("not where it costs the same or less, or nobody knows yet", () => {
    for (const askedMinor of [1200, 600, null]) expect(due(40, { askedMinor })).toBeUndefined();
  });
  test("with three days left for a payment vendor that is away after the last answer", () => {
    expect(answerUntil(year())).toEqual(at("2026-11-27T12:00:00Z"));
  });
});
