import { describe, expect, test } from "vitest";
import { freeBook, fullBook } from "@/lib/testing/books.ts";
import { smithQuote } from "@/lib/testing/make-order.ts";
import { minorOf } from "./money.ts";
import { prices } from "./prices.ts";
import { quoteShape } from "./quote.ts";
import type { OrderBill } from "./read-bill.ts";
import { isReturnFree, type Returning, returnBill } from "./return-bill.ts";

const quote = quoteShape.parse(smithQuote);
const begunAt = new Date("2026-01-10T12:00:00Z");
const name = "smith.family";

const invoice = (at: string, what: string, minor: number) => ({
  ...{ status: "paid", currency: "GBP", createdAt: new Date(at) },
  lines: [{ what, minor, offMinor: 0, proration: false, fromAt: new Date(at) }],
});
/** A bill of which nothing is read but its invoices. */
const ended = (...standing: object[]) => ({ begunAt, years: [], standing }) as unknown as OrderBill;
const settled = ended(
  invoice("2026-01-10T12:00:00Z", "name", 175),
  invoice("2026-01-20T12:00:00Z", "rest-of-name", 1925),
);
const back = (bill: OrderBill, differs: Partial<Returning> = {}, book = prices()) =>
  returnBill(quote, bill, { name, heads: 3, now: new Date("2026-05-20T12:00:00Z"), ...differs }, book);

describe("What coming back costs", () => {
  test("is the home alone until the year of the name is over that the last bill paid", () => {
    const offer = back(settled);
    expect(offer?.lines.map(({ what, sum }) => [what, minorOf(sum)])).toEqual([
      ["home", 450],
      ["name", 0],
    ]);
    expect(offer?.namePaidUntil?.toISOString()).toBe("2027-01-10T12:00:00.000Z");
    expect(offer && [offer.total, offer.nameYear, offer.withName].map(minorOf)).toEqual([450, 2100, 625]);
  });

  test("has the name's usual part in it where its year is not paid", () => {
    const offer = back(ended(invoice("2026-01-10T12:00:00Z", "name", 175)));
    expect(offer?.namePaidUntil).toBeNull();
    expect(offer && [offer.total, offer.withName].map(minorOf)).toEqual([625, 625]);
    const later = back(settled, { now: new Date("2027-05-20T12:00:00Z") });
    expect(later && [later.total, later.withName].map(minorOf)).toEqual([625, 625]);
  });

  test("counts a bill without anything of the name as no part of it", () => {
    const parts = [invoice("2026-01-10T12:00:00Z", "name", 175), invoice("2026-02-10T12:00:00Z", "name", 0)];
    const rest = invoice("2026-02-20T12:00:00Z", "rest-of-name", 1924);
    // A penny is missing.
    expect(back(ended(...parts, rest))?.namePaidUntil).toBeNull();
  });

  test("is by today's prices for the people and the period that there are", () => {
    const bought = { ...quote, home: quote.namePart };
    const offer = returnBill(bought, settled, {
      name,
      heads: 7,
      now: new Date("2026-05-20T12:00:00Z"),
      period: "year",
    });
    expect(offer && minorOf(offer.total)).toBe(5250);
    expect(offer && minorOf(offer.withName)).toBe(7350);
    expect(offer?.quote).toMatchObject({ period: "year", plan: "family" });
  });

  test("is not said in a currency that is not sold any more", () => {
    const other = { ...quote, currency: "SEK" };
    expect(returnBill(other, settled, { name, heads: 3, now: new Date() }, fullBook)).toBeUndefined();
  });

  test("is nothing where everything is given away by now", () => {
    const offer = back(settled, {}, freeBook);
    expect(offer && isReturnFree(offer)).toBe(true);
    const sold = back(settled);
    expect(sold && isReturnFree(sold)).toBe(false);
  });
});
