import fc from "fast-check";
import type { WrittenBook } from "@/lib/billing/book-shape.ts";
import { book } from "@/lib/billing/price-book.ts";
import { type PriceBook, readPriceBook } from "@/lib/billing/read-price-book.ts";

const nothing = (sums: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.keys({ ...book.currencies, ...sums }).map((code) => [code, "0"]));

/** Our own book with every sum at zero. */
export const freeBook: PriceBook = readPriceBook({
  ...book,
  plans: { family: { included: 6, most: 30, month: { home: nothing(), furtherPerson: nothing() } } },
  endings: Object.fromEntries(
    Object.entries(book.endings).map(([ending, line]) => [
      ending,
      { ...line, firstYear: nothing(), renewal: nothing() },
    ]),
  ),
});

/** A book with everything in it that a book may have: yen beside cents, no tax, sums by rule and of one's own, add-ons. */
export const fullBook: PriceBook = readPriceBook({
  currencies: {
    ...book.currencies,
    JPY: {
      tax: "none",
      countries: ["JP"],
      names: { rate: "151.37", marginPercent: "12.5", taxPercent: "0", upTo: "10" },
    },
  },
  plans: {
    family: {
      included: 6,
      most: 30,
      month: {
        home: { GBP: "4.50", EUR: "5.40", USD: "5.70", JPY: "850" },
        furtherPerson: { GBP: "0.75", EUR: "0.90", USD: "0.95", JPY: "145" },
      },
      year: { months: 10 },
    },
    village: {
      called: "The village",
      included: 1,
      most: 500,
      month: {
        home: { GBP: "0", EUR: "0.01", USD: "19.99", JPY: "1" },
        furtherPerson: { GBP: "0.33", EUR: "0.07", USD: "0.99", JPY: "3" },
      },
      year: {
        home: { GBP: "1.01", EUR: "0.11", USD: "199.99", JPY: "11" },
        furtherPerson: { GBP: "3.33", EUR: "0.77", USD: "9.99", JPY: "31" },
      },
    },
  },
  endings: book.endings,
  addOns: {
    room: {
      called: "Twice the room for photos",
      month: { GBP: "1.00", EUR: "1.20", USD: "1.25", JPY: "190" },
      year: { GBP: "10.00", EUR: "12.00", USD: "12.50", JPY: "1900" },
    },
    bridge: { called: "Letters from your old app", month: { GBP: "0.37", EUR: "0.41", USD: "0.43", JPY: "67" } },
  },
} satisfies WrittenBook);

/** Whatever can be bought of the full book. */
export const anythingSold = fc.record({
  ending: fc.constantFrom(...Object.keys(fullBook.endings)),
  people: fc.integer({ min: 1, max: 30 }),
  terms: fc.record({
    currency: fc.constantFrom(...Object.keys(fullBook.currencies)),
    plan: fc.constantFrom(...Object.keys(fullBook.plans)),
    period: fc.constantFrom("month" as const, "year" as const),
    addOns: fc.subarray(Object.keys(fullBook.addOns)),
  }),
});
