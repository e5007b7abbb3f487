import type { Coupon, Discount } from "../objects/coupon.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { Subscription } from "../objects/subscription.ts";
import type { Work } from "../state/work.ts";
import { couponOf } from "./coupons.ts";
import { share } from "./money.ts";

/** A percentage has at most two decimals. */
const hundredths = 100;

/**
 * What each coupon takes off each sum, one row a coupon. A percentage is taken off each line and rounded there; a fixed sum is
 * spread over the lines by their size, to the last minor unit. The next coupon sees what the one before left. (Known from memory.)
 */
export function takenOff(sums: readonly number[], coupons: readonly Coupon[], currency: string): number[][] {
  let left = [...sums];
  return coupons.map((coupon) => {
    const row = coupon.percent_off === null ? spread(left, offOf(coupon, currency)) : percent(left, coupon.percent_off);
    left = left.map((sum, place) => sum - (row[place] ?? 0));
    return row;
  });
}

const offOf = ({ amount_off: off, currency: money }: Coupon, currency: string): number =>
  money === currency ? (off ?? 0) : 0;

export const percentOf = (minor: number, percentage: number): number =>
  share(minor, Math.round(percentage * hundredths), 100 * hundredths);

const percent = (sums: readonly number[], off: number): number[] =>
  sums.map((sum) => (sum > 0 ? percentOf(sum, off) : 0));

function spread(sums: readonly number[], off: number): number[] {
  const whole = sums.reduce((total, sum) => total + Math.max(0, sum), 0);
  let rest = Math.min(off, whole);
  let under = whole;
  return sums.map((sum) => {
    if (sum <= 0) return 0;
    // Each line takes its share of what is left, so the last takes exactly the rest.
    const part = share(rest, sum, under);
    rest -= part;
    under -= sum;
    return part;
  });
}

/** The discounts a subscription still has at a moment. */
export const runningDiscounts = (work: Work, { discounts }: Subscription, at: number): Discount[] =>
  discounts.map((id) => work.need("discount", id)).filter(({ end }) => end === null || at < end);

/** The share of a sum that is left after a subscription's percentages; fixed sums and one-off coupons do not reach prorations. */
export function afterPercentages(work: Work, subscription: Subscription, minor: number, at: number): number {
  const coupons = runningDiscounts(work, subscription, at).map((discount) => couponOf(work, discount));
  return coupons
    .filter(({ duration }) => duration !== "once")
    .reduce((sum, { percent_off: off }) => sum - (off === null ? 0 : percentOf(sum, off)), minor);
}

/** A coupon for one bill is gone with it, and one for some months with the first bill after them. */
export function dropSpent(work: Work, subscription: Subscription, invoice: Invoice): void {
  const over = subscription.discounts.filter((id) => {
    const discount = work.need("discount", id);
    if (discount.end !== null && discount.end <= work.now) return true;
    const took = invoice.total_discount_amounts.find((one) => one.discount === id)?.amount ?? 0;
    return couponOf(work, discount).duration === "once" && took > 0;
  });
  if (over.length === 0) return;
  for (const id of over) work.tell("customer.discount.deleted", work.need("discount", id));
  const discounts = subscription.discounts.filter((id) => !over.includes(id));
  const now = work.need("subscription", subscription.id);
  work.tell("customer.subscription.updated", { ...now, discounts }, { previous: { discounts: now.discounts } });
}
