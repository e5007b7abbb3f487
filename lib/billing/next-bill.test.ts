import { describe, expect, test } from "vitest";
import { billFor, usualTerms } from "./bill.ts";
import { moneyOf } from "./money.ts";
import { monthsAfter, nextBill } from "./next-bill.ts";

const paid = new Date("2026-01-31T10:00:00Z");
const at = (now: string, period: "month" | "year" = "month") => {
  // .me costs more after its first year.
  const bill = billFor("me", 1, { ...usualTerms("GBP"), period });
  if (!bill) throw new Error("Not sold");
  return nextBill(paid, bill, new Date(now));
};

describe("The next bill", () => {
  test("comes a month after paying, on the last day of a month that is shorter", () => {
    expect(at("2026-02-01T00:00:00Z")).toMatchObject({ at: new Date("2026-02-28T10:00:00Z"), second: true });
  });
  test("keeps to the day of the first payment afterwards", () => {
    expect(at("2026-02-28T10:00:00Z")).toMatchObject({ at: new Date("2026-03-31T10:00:00Z"), second: false });
  });
  test("is the first year's sum twelve times, then the later one", () => {
    expect(at("2026-12-30T00:00:00Z").sum).toEqual(moneyOf(550, "GBP"));
    expect(at("2027-01-30T00:00:00Z").sum).toEqual(moneyOf(600, "GBP"));
  });
  test("of who pays by the year comes after a year, at the later sum", () => {
    const year = { at: new Date("2027-01-31T10:00:00Z"), sum: moneyOf(6300, "GBP"), second: true };
    expect(at("2026-02-01T00:00:00Z", "year")).toEqual(year);
    expect(at("2027-01-31T10:00:00Z", "year")).toMatchObject({ at: new Date("2028-01-31T10:00:00Z"), second: false });
  });
  test("crosses years", () => {
    expect(monthsAfter(paid, 13)).toEqual(new Date("2027-02-28T10:00:00Z"));
  });
});
