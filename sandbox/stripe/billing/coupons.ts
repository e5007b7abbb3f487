import { type Coupon, type Discount, newDiscount, type PromotionCode } from "../objects/coupon.ts";
import { invalid } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import { afterIntervals } from "./period.ts";

/** A coupon is named by itself, or by the code that a customer types. */
export interface Named {
  readonly coupon?: string | undefined;
  readonly promotion_code?: string | undefined;
}

export interface Found {
  readonly coupon: Coupon;
  readonly code: PromotionCode | null;
}

/** The coupon that is named, if it can still be redeemed. Throws Stripe's 400; `param` is where it was named. */
export function findCoupon(work: Work, named: Named, customer: string | null, param: string): Found {
  const code =
    named.promotion_code === undefined
      ? null
      : work.need("promotion_code", named.promotion_code, `${param}[promotion_code]`);
  const id = code ? code.promotion.coupon : named.coupon;
  if (id === undefined) throw invalid("You must specify a coupon or a promotion code.", { param });
  const coupon = work.need("coupon", id, `${param}[coupon]`);
  if (!isRedeemable(work, coupon)) throw invalid(`Coupon expired: ${coupon.id}`, { code: "coupon_expired", param });
  if (code) mayUse(work, code, customer, param);
  return { coupon, code };
}

const isRedeemable = (work: Work, { redeem_by, max_redemptions, times_redeemed }: Coupon): boolean =>
  (redeem_by === null || work.now < redeem_by) && (max_redemptions === null || times_redeemed < max_redemptions);

function mayUse(work: Work, code: PromotionCode, customer: string | null, param: string): void {
  const usedUp = code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions;
  const over = code.expires_at !== null && code.expires_at <= work.now;
  if (!code.active || usedUp || over)
    throw invalid("This promotion code is not active or has expired.", { code: "promotion_code_expired", param });
  if (code.customer !== null && code.customer !== customer)
    throw invalid("This promotion code belongs to another customer.", {
      code: "promotion_code_customer_mismatch",
      param,
    });
  const paidBefore = work.all("charge").some((charge) => charge.customer === customer && charge.paid);
  if (code.restrictions.first_time_transaction && customer !== null && paidBefore)
    throw invalid("This promotion code is only for a first purchase.", {
      code: "promotion_code_customer_not_first_time",
      param,
    });
}

interface Holder {
  readonly customer: string | null;
  readonly subscription?: string;
  readonly checkoutSession?: string;
  readonly invoice?: string;
}

/** The customer has the discount from now on. */
export function redeem(work: Work, { coupon, code }: Found, holder: Holder): Discount {
  const used = { ...coupon, times_redeemed: coupon.times_redeemed + 1 };
  const previous = { times_redeemed: coupon.times_redeemed };
  work.tell("coupon.updated", { ...used, valid: isRedeemable(work, used) }, { previous });
  if (code) work.tell("promotion_code.updated", { ...code, times_redeemed: code.times_redeemed + 1 });
  const months = coupon.duration_in_months;
  const discount = newDiscount(work.born("di"), {
    coupon: coupon.id,
    promotionCode: code?.id ?? null,
    customer: holder.customer,
    subscription: holder.subscription ?? null,
    checkoutSession: holder.checkoutSession ?? null,
    invoice: holder.invoice ?? null,
    end: months === null ? null : afterIntervals(work.now, { interval: "month", interval_count: 1 }, months),
  });
  // A coupon that is deleted stays with those who have it.
  return work.tell("customer.discount.created", discount, { aside: { coupon } });
}

export function couponOf(work: Work, discount: Discount): Coupon {
  const { coupon } = work.aside(discount.id);
  if (!coupon) throw new Error(`${discount.id} has no coupon`);
  return coupon;
}
