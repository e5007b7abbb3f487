import { describe, expect, test } from "vitest";
import { smithQuote } from "@/lib/testing/make-order.ts";
import { monthsAfter, nextBill } from "./next-bill.ts";

const paid = new Date("2026-01-31T10:00:00Z");
const quote = { ...smithQuote, totalMinor: 625, laterTotalMinor: 700 };
const at = (now: string) => nextBill(paid, quote, new Date(now));

describe("The next bill", () => {
  test("comes a month after paying, on the last day of a month that is shorter", () => {
    expect(at("2026-02-01T00:00:00Z")).toMatchObject({ at: new Date("2026-02-28T10:00:00Z"), second: true });
  });
  test("keeps to the day of the first payment afterwards", () => {
    expect(at("2026-02-28T10:00:00Z")).toMatchObject({ at: new Date("2026-03-31T10:00:00Z"), second: false });
  });
  test("is the first year's sum twelve times, then the later one", () => {
    expect(at("2026-12-30T00:00:00Z").sum).toEqual({ minor: 625, currency: "GBP" });
    expect(at("2027-01-30T00:00:00Z").sum).toEqual({ minor: 700, currency: "GBP" });
  });
  test("crosses years", () => {
    expect(monthsAfter(paid, 13)).toEqual(new Date("2027-02-28T10:00:00Z"));
  });
});
