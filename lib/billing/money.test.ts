import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  addAll,
  atLeastZero,
  compare,
  decimalOf,
  formatMoney,
  minorOf,
  moneyOf,
  negate,
  partOf,
  same,
  times,
} from "./money.ts";

const [one, two] = [moneyOf(100, "GBP"), moneyOf(250, "GBP")];
const minor = fc.integer({ min: -1_000_000, max: 1_000_000 });

describe("money", () => {
  it("does not compile where it is counted by hand", () => {
    // @ts-expect-error Sums are added by `add`, which looks at the currency.
    void (() => one + two);
    // @ts-expect-error Nor are their units a number.
    void (() => one.minor + 1);
    // @ts-expect-error
    void (() => one.minor * 12);
    // @ts-expect-error
    void (() => -one.minor);
    // @ts-expect-error
    void (() => Math.ceil(one.minor));
    // @ts-expect-error
    void (() => one.minor < two.minor);
    // @ts-expect-error
    void (() => `${one.minor} pence`);
    // @ts-expect-error A number is no sum: `moneyOf` looks whether it can be one.
    void (() => add(one, { minor: 1, currency: "GBP" }));
    // @ts-expect-error Nor is a sum kept as a number without saying so.
    const kept: () => number = () => one.minor;
    expect(kept()).toBe(100);
  });

  it("adds up, whatever the order", () => {
    expect(add(one, two)).toEqual(moneyOf(350, "GBP"));
    fc.assert(
      fc.property(fc.array(minor), (list) => {
        const sums = list.map((each) => moneyOf(each, "EUR"));
        expect(addAll(sums, "EUR")).toEqual(addAll(sums.toReversed(), "EUR"));
        expect(addAll([...sums, ...sums.map(negate)], "EUR")).toEqual(moneyOf(0, "EUR"));
      }),
    );
  });

  it("never mixes currencies", () => {
    const euro = moneyOf(100, "EUR");
    expect(() => add(one, euro)).toThrow("GBP and EUR are different money");
    expect(() => addAll([one], "EUR")).toThrow("different money");
    expect(() => compare(one, euro)).toThrow("different money");
    expect(same(one, euro)).toBe(false);
  });

  it("is compared, multiplied and never half a penny", () => {
    expect(compare(one, two)).toBeLessThan(0);
    expect(times(one, 3)).toEqual(moneyOf(300, "GBP"));
    expect(atLeastZero(negate(one))).toEqual(moneyOf(0, "GBP"));
    for (const odd of [0.5, Number.NaN, 2 ** 53]) expect(() => moneyOf(odd, "GBP")).toThrow("no whole number");
  });

  it("is parted into twelve that are never short of it, nor over it by twelve", () => {
    fc.assert(
      fc.property(minor, (each) => {
        const over = 12 * minorOf(partOf(moneyOf(each, "JPY"), 12)) - each;
        expect(over).toBeGreaterThanOrEqual(0);
        expect(over).toBeLessThan(12);
      }),
    );
  });

  it.each([
    [625, "GBP", "en-GB", "£6.25"],
    [0, "GBP", "en-GB", "£0.00"],
    [-625, "GBP", "en-GB", "-£6.25"],
    [625, "JPY", "en-GB", "JP¥625"],
    [1234567, "EUR", "de-DE", "12.345,67\u00a0€"],
    [1250, "KWD", "en-GB", "KWD\u00a01.250"],
    // Cash has no cents of it; Stripe counts in them.
    [150000, "HUF", "en-GB", "HUF\u00a01,500.00"],
  ] as const)("of %d minor units of %s is written %s: %s", (units, currency, locale, written) => {
    expect(formatMoney(moneyOf(units, currency), locale)).toBe(written);
  });

  it.each([
    [625, "GBP", "6.25"],
    [-5, "GBP", "-0.05"],
    [0, "GBP", "0.00"],
    [1900, "JPY", "1900"],
    [-1, "JPY", "-1"],
    [90_071_992_547_409, "EUR", "900719925474.09"],
  ])("is written for machines exactly: %i of %s is %s", (units, currency, written) => {
    expect(decimalOf(moneyOf(units, currency))).toBe(written);
  });
});
