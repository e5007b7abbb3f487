import { describe, expect, test } from "vitest";
import { fullBook } from "@/lib/testing/books.ts";
import { minorOf } from "./money.ts";
import { renewalNow } from "./renewal-now.ts";

const asks = (renewal: string, currency = "USD") => ({ currency, registration: "10.00", renewal });
const renewal = (name: string, currency: string, asked?: ReturnType<typeof asks>, book = fullBook) => {
  const { sum, dear } = renewalNow(name, currency, asked, book);
  return [sum && minorOf(sum), dear];
};

describe("A renewal costs today", () => {
  test("what the price book says, whatever the registrar asks below its cap", () => {
    expect(renewal("smith.me", "GBP", asks("17.40"))).toEqual([1800, false]);
    expect(renewal("smith.me", "GBP", asks("1.00"))).toEqual([1800, false]);
    expect(renewal("smith.me", "GBP", asks("20.00"))).toEqual([1800, false]);
  });

  test("above the cap what the book's rule makes of it, and a person is told", () => {
    // $30 at 0.76, a quarter for us and a fifth for tax: £34.20, a multiple of 60p.
    expect(renewal("smith.me", "GBP", asks("30.00"))).toEqual([3420, true]);
    // A little above the cap the rule may say less than the book, which covers that.
    expect(renewal("smith.me", "GBP", asks("20.01"))).toEqual([2340, true]);
  });

  test("above the cap, without a rule, as much more as the registrar asks above the cap", () => {
    const { names: _, ...GBP } = fullBook.currencies["GBP"] ?? { tax: "none" as const, countries: [] };
    const ruleless = { ...fullBook, currencies: { ...fullBook.currencies, GBP } };
    expect(renewal("smith.me", "GBP", asks("30.00"), ruleless)).toEqual([2700, true]);
    expect(renewal("smith.me", "GBP", asks("20.01"), ruleless)).toEqual([1801, true]);
  });

  test("what the book says where the registrar tells nothing, or other money, and a person is told", () => {
    expect(renewal("smith.me", "GBP")).toEqual([1800, true]);
    expect(renewal("smith.me", "GBP", asks("12.00", "EUR"))).toEqual([1800, true]);
  });

  test("nothing that we could say where the book does not sell the ending any more", () => {
    expect(renewal("smith.lol", "GBP", asks("12.00"))).toEqual([undefined, true]);
  });
});
