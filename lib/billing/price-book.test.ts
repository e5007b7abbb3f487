import { describe, expect, it } from "vitest";
import { freeBook, fullBook } from "@/lib/testing/books.ts";
import type { WrittenBook } from "./book-shape.ts";
import { currencyFor } from "./choose-currency.ts";
import { minorOf } from "./money.ts";
import { book } from "./price-book.ts";
import { prices } from "./prices.ts";
import { asksNothing, PriceProblems, readPriceBook } from "./read-price-book.ts";
import { tooDear } from "./too-dear.ts";

const problemsOf = (written: unknown): readonly string[] => {
  try {
    readPriceBook(written as WrittenBook);
    return [];
  } catch (error) {
    if (error instanceof PriceProblems) return error.problems;
    throw error;
  }
};

describe("the price book", () => {
  it("sells in pounds, euros and dollars, at the prices in pounds that we have always had", () => {
    expect(Object.keys(prices().currencies)).toEqual(["GBP", "EUR", "USD"]);
    const pounds = Object.entries(prices().endings).map(([ending, { firstYear, renewalYear }]) => [
      ending,
      ...[firstYear, renewalYear].map(({ GBP }) => GBP && minorOf(GBP)),
    ]);
    expect(pounds).toEqual([
      ["family", 2100, 2100],
      ["uk", 900, 900],
      ["org", 1260, 1260],
      ["me", 1200, 1800],
      ["com", 1200, 1200],
    ]);
  });

  it("makes a price of what the registrar asks, to the unit: rate, margin, tax, rounded up", () => {
    // 17.80 at 0.87, a fifth more, 25.5 percent of tax within: 23.322… euros, in steps of 60 cents.
    expect(prices().endings["family"]?.firstYear["EUR"]).toEqual({ minor: 2340, currency: "EUR" });
    // 17.80 at 151.37 and an eighth more: 3031.18… yen, in tens.
    expect(fullBook.endings["family"]?.firstYear["JPY"]).toEqual({ minor: 3040, currency: "JPY" });
    // Exactly a step is not a step more.
    const exact = { ...book.endings["family"], shortest: 1, cap: "9", asks: { firstYear: "6", renewal: "6.01" } };
    const names = { rate: "1", marginPercent: "0", taxPercent: "0", upTo: "0.60" };
    const one = readPriceBook({
      currencies: { USD: { tax: "none", names } },
      plans: { family: { included: 1, most: 1, month: { home: { USD: "1" } } } },
      endings: { family: { shortest: exact.shortest, cap: exact.cap, asks: exact.asks } },
    });
    expect(one.endings["family"]?.firstYear["USD"]).toEqual({ minor: 600, currency: "USD" });
    expect(one.endings["family"]?.renewalYear["USD"]).toEqual({ minor: 660, currency: "USD" });
  });

  it("says everything that is wrong with it at once, in plain words", () => {
    const wrong = {
      currencies: {
        GBP: { tax: "added", countries: ["GB"] },
        EUR: {
          tax: "inclusive",
          countries: ["GB", "Germany"],
          names: { ...book.currencies["EUR"]?.names, upTo: "0.001" },
        },
        KWD: { tax: "inclusive" },
        POUND: { tax: "inclusive" },
      },
      plans: {
        family: {
          included: 6,
          most: 3,
          month: { home: { GBP: "4.5O", EUR: "5.405", CHF: "1" }, furtherPerson: {} },
          year: { months: 10, home: {} },
        },
        person: { included: 1.5, month: { home: {} }, colour: "red" },
        village: { included: 1, most: 1, month: { home: {} } },
        hamlet: { called: "", included: 1, most: 1, month: { home: {} } },
      },
      endings: {
        family: { shortest: 3, asks: { firstYear: "17.80", renewal: "17.80" }, cap: "17", renewal: { GBP: "1" } },
      },
      addOns: { "more room": { called: "Room", month: { GBP: "1" } } },
    };
    const problems = problemsOf(wrong);
    for (const one of [
      'currencies.GBP.tax is neither "inclusive" nor "none"',
      "currencies.EUR.countries has GB, which GBP has already",
      'currencies.EUR.countries.1 is no country as "GB" is',
      "currencies.EUR.names.upTo has more decimals than EUR has",
      "currencies.KWD is counted in a way that the payment vendor does not take; choose another",
      'currencies.POUND is no currency as "GBP" is',
      "plans.family.most is less than the 6 people it includes",
      'plans.family.month.home.GBP is no number as "4.50" is',
      "plans.family.month.home.EUR has more decimals than EUR has",
      "plans.family.month.home.CHF is none of the currencies above",
      "plans.family.month.furtherPerson has no GBP",
      "plans.family.year has both months and sums; keep one of them",
      "plans.person.most is missing",
      "plans.village.called is missing: what people read as its name",
      "plans.hamlet.called is empty",
      "plans.person.colour is nothing that is read here",
      "plans.person.month.home has no GBP",
      "endings.family.cap is less than the 17.80 that its firstYear costs",
      'addOns.more room is no short word as "room" is',
      "addOns.more room.month has no EUR",
      "endings.family.firstYear has no GBP, and currencies.GBP has no rule for names",
    ])
      expect(problems).toContain(one);
    expect(problems.every((one) => !/undefined|Invalid|expected/.test(one))).toBe(true);
  });

  it.each([
    [undefined],
    [null],
    [{}],
    [{ currencies: [], plans: 3, endings: "x" }],
    [{ currencies: {}, plans: {}, endings: {} }],
  ])("refuses %j in words, and does not break over it", (written) => {
    expect(problemsOf(written).length).toBeGreaterThan(0);
  });

  it("has no home that could not be paid for: none free at first only, none for less than the vendor takes", () => {
    const me = { shortest: 1, cap: "20", asks: { firstYear: "1", renewal: "1" } };
    const of = (home: string, firstYear: string, renewal: string) =>
      problemsOf({
        currencies: { GBP: { tax: "inclusive" } },
        plans: { family: { included: 1, most: 1, month: { home: { GBP: home } }, year: { months: 10 } } },
        endings: { me: { ...me, firstYear: { GBP: firstYear }, renewal: { GBP: renewal } } },
      });
    const home = "endings.me with plans.family in GBP";
    expect(of("0", "0", "12")).toEqual([`${home} costs nothing at first and something later: no page takes that`]);
    expect(of("0.10", "2.28", "2.28")).toEqual([
      `${home} costs less than the payment vendor takes, 30 of its smallest unit`,
    ]);
    expect(of("0.10", "2.29", "2.29")).toEqual([]);
    expect(of("0", "0", "0")).toEqual([]);
  });

  it("may give everything away", () => {
    expect(asksNothing(freeBook)).toBe(true);
    expect(asksNothing(prices())).toBe(false);
  });

  it("treats a name above its cap as a rare one", () => {
    const asked = { currency: "USD", registration: "26.00", renewal: "26.00" };
    expect(tooDear("family", asked)).toBe(false);
    expect(tooDear("family", { ...asked, renewal: "26.01" })).toBe(true);
    expect(tooDear("family", { ...asked, currency: "EUR" })).toBe(true);
    expect(tooDear("museum", asked)).toBe(true);
  });
});

describe("whose currency it is", () => {
  const reader = (differs: Partial<Parameters<typeof currencyFor>[0]>) =>
    currencyFor({ chosen: undefined, country: undefined, languages: undefined, ...differs });

  it.each([
    ["what they chose", { chosen: "USD", country: "GB", languages: "de-DE" }, "USD"],
    ["their country's, when they chose what is not sold", { chosen: "CHF", country: "fr" }, "EUR"],
    ["their country's before their languages'", { country: "US", languages: "en-GB" }, "USD"],
    ["that of the first language that has a country", { languages: "de,de-AT;q=0.9,en-US;q=0.8" }, "EUR"],
    ["that of a language with a script in it", { languages: "sr-Latn-ME" }, "EUR"],
    ["the book's first for a country that is nobody's", { country: "XX", languages: "ja-JP,en-US;q=0.5" }, "GBP"],
    ["the book's first for who says nothing", { languages: "*" }, "GBP"],
    ["the book's first for a word every object knows", { chosen: "constructor", country: "__proto__" }, "GBP"],
  ])("%s", (_, differs, currency) => {
    expect(reader(differs)).toBe(currency);
  });
});
