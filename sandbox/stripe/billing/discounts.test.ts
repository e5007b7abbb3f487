import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newCoupon } from "../objects/coupon.ts";
import { takenOff } from "./discounts.ts";

describe("what is taken off", () => {
  const born = { id: "c", created: 0 };
  const rest = {
    duration: "once",
    months: null,
    name: null,
    maxRedemptions: null,
    redeemBy: null,
    metadata: {},
  } as const;
  const sums = fc.array(fc.integer({ min: -500, max: 9999 }), { minLength: 1, maxLength: 6 });

  test("of a fixed sum is that sum or all there is, to the last minor unit, and never more than a line", () => {
    fc.assert(
      fc.property(sums, fc.integer({ min: 1, max: 20_000 }), (given, off) => {
        const coupon = newCoupon(born, { ...rest, amountOff: off, currency: "gbp", percentOff: null });
        const row = takenOff(given, [coupon], "gbp")[0] ?? [];
        const whole = given.reduce((sum, one) => sum + Math.max(0, one), 0);
        expect(row.reduce((sum, one) => sum + one, 0)).toBe(Math.min(off, whole));
        for (const [place, one] of row.entries()) expect(one).toBeLessThanOrEqual(Math.max(0, given[place] ?? 0));
      }),
    );
  });

  test("by a second coupon is taken of what the first left", () => {
    const half = newCoupon(born, { ...rest, amountOff: null, currency: null, percentOff: 50 });
    expect(takenOff([1000], [half, half], "gbp")).toEqual([[500], [250]]);
  });

  test("of another currency is nothing", () => {
    const coupon = newCoupon(born, { ...rest, amountOff: 100, currency: "usd", percentOff: null });
    expect(takenOff([500], [coupon], "gbp")).toEqual([[0]]);
  });
});
