import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anythingSold, fullBook } from "@/lib/testing/books.ts";
import { billFor, linesOf, restOfName } from "./bill.ts";
import { add, addAll, compare, type Money, minorOf, moneyOf, negate, zero } from "./money.ts";
import { daysUsed, mayWithdrawAt, withdrawDays } from "./withdraw-time.ts";
import { type WithdrawalLine, withdrawalOf } from "./withdrawal.ts";

const pounds = (minor: number): Money => moneyOf(minor, "GBP");
const line = (what: WithdrawalLine["what"], sum: Money): WithdrawalLine => ({ what, label: "", sum });
const month = [line("home", pounds(450)), line("name", pounds(175))];

const reckoned = ({ lines, owed, toCard, toPay }: ReturnType<typeof withdrawalOf>) => ({
  lines: lines.map(({ sum }) => minorOf(sum)),
  owed: minorOf(owed),
  toCard: minorOf(toCard),
  toPay: minorOf(toPay),
});

describe("a withdrawal", () => {
  it("gives the home back less a day's share for each day, and that pays for the rest of the name's year first", () => {
    // £4.50 in thirty days are £0.15 a day.
    expect(reckoned(withdrawalOf(month, { period: "month", days: 4, owed: pounds(1925) }))).toEqual({
      lines: [390],
      owed: 1925,
      toCard: 0,
      toPay: 1535,
    });
  });

  it("sends what is left to the card, where less is owed than comes back", () => {
    const year = [line("home", pounds(4500)), line("name", pounds(2100))];
    // £45 in 365 days are £0.12 a day, rounded down.
    expect(reckoned(withdrawalOf(year, { period: "year", days: 10, owed: pounds(0) }))).toEqual({
      lines: [4380],
      owed: 0,
      toCard: 4380,
      toPay: 0,
    });
  });

  const said = fc.record({
    free: fc.constantFrom("home", "name", "nothing"),
    days: fc.integer({ min: 0, max: withdrawDays }),
    /** Of what was asked for, in hundredths: a coupon takes the rest. */
    paid: fc.constantFrom(100, 50, 1, 0),
  });

  it("of anything in the book gives back no more than was paid, asks for no more than the name's year, and adds up", () => {
    fc.assert(
      fc.property(anythingSold, said, ({ ending, people, terms }, { free, days, paid }) => {
        const bill = billFor(ending, people, terms, fullBook);
        fc.pre(bill !== undefined);
        const { currency, period } = bill;
        const none = zero(currency);
        const lines = linesOf(bill).map(({ what, sum }) =>
          line(what, what === free ? none : moneyOf(Math.floor((minorOf(sum) * paid) / 100), currency)),
        );
        const owed = free === "name" ? none : restOfName(bill, 1);
        const made = withdrawalOf(lines, { period, days, owed });
        const of = (sums: readonly WithdrawalLine[]) =>
          addAll(
            sums.map(({ sum }) => sum),
            currency,
          );
        const paidBesideName = of(lines.filter(({ what }) => what !== "name"));
        for (const sum of [...made.lines.map((one) => one.sum), made.settles, made.toCard, made.toPay])
          expect(compare(sum, none)).toBeGreaterThanOrEqual(0);
        expect(of(made.lines)).toEqual(made.back);
        expect(compare(made.back, paidBesideName)).toBeLessThanOrEqual(0);
        if (days === 0) expect(made.back).toEqual(paidBesideName);
        expect(compare(made.toPay, owed)).toBeLessThanOrEqual(0);
        // One of the two is nothing, and what moves is the difference of the two papers.
        expect(Math.min(minorOf(made.toCard), minorOf(made.toPay))).toBe(0);
        expect(add(made.toCard, negate(made.toPay))).toEqual(add(made.back, negate(owed)));
      }),
      { numRuns: 500 },
    );
  });
});

describe("the fourteen days", () => {
  const paid = new Date("2026-12-01T23:30:00Z");
  const hoursOn = (hours: number) => new Date(paid.getTime() + hours * 3_600_000);

  it("count each day that was begun, and never more than fourteen", () => {
    expect([0, 1, 24, 25, 14 * 24, 14 * 24 + 5].map((hours) => daysUsed(paid, hoursOn(hours)))).toEqual([
      0, 1, 1, 2, 14, 14,
    ]);
  });

  it("last to the end of the fourteenth day, wherever it is read, and are over on the fifteenth", () => {
    expect(mayWithdrawAt(paid, new Date("2026-12-15T23:59:59Z"))).toBe(true);
    expect(mayWithdrawAt(paid, hoursOn(15 * 24))).toBe(false);
  });
});
