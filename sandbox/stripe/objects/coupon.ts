import type { Born, Metadata } from "./shared.ts";

export type Duration = "forever" | "once" | "repeating";

interface CouponGiven {
  readonly amountOff: number | null;
  readonly currency: string | null;
  readonly percentOff: number | null;
  readonly duration: Duration;
  readonly months: number | null;
  readonly name: string | null;
  readonly maxRedemptions: number | null;
  readonly redeemBy: number | null;
  readonly metadata: Metadata;
}

export type Coupon = ReturnType<typeof newCoupon>;
export const newCoupon = ({ id, created }: Born, given: CouponGiven) => ({
  id,
  object: "coupon" as const,
  amount_off: given.amountOff,
  created,
  currency: given.currency,
  duration: given.duration,
  duration_in_months: given.months,
  livemode: false,
  max_redemptions: given.maxRedemptions,
  metadata: given.metadata,
  name: given.name,
  percent_off: given.percentOff,
  redeem_by: given.redeemBy,
  times_redeemed: 0,
  valid: true,
});

interface CodeGiven {
  readonly code: string;
  readonly coupon: string;
  readonly active: boolean;
  readonly customer: string | null;
  readonly expiresAt: number | null;
  readonly maxRedemptions: number | null;
  readonly metadata: Metadata;
  readonly firstTime: boolean;
  readonly minimum: { readonly amount: number; readonly currency: string } | null;
}

/** What a customer types to get a coupon. */
export type PromotionCode = ReturnType<typeof newPromotionCode>;
export const newPromotionCode = ({ id, created }: Born, given: CodeGiven) => ({
  id,
  object: "promotion_code" as const,
  active: given.active,
  code: given.code,
  created,
  customer: given.customer,
  customer_account: null,
  expires_at: given.expiresAt,
  livemode: false,
  max_redemptions: given.maxRedemptions,
  metadata: given.metadata,
  promotion: { coupon: given.coupon, type: "coupon" as const },
  restrictions: {
    first_time_transaction: given.firstTime,
    minimum_amount: given.minimum?.amount ?? null,
    minimum_amount_currency: given.minimum?.currency ?? null,
  },
  times_redeemed: 0,
});

interface DiscountGiven {
  readonly coupon: string;
  readonly promotionCode: string | null;
  readonly customer: string | null;
  readonly subscription: string | null;
  readonly checkoutSession: string | null;
  readonly invoice: string | null;
  /** Unix seconds after which it is not applied any more; null while nothing ends it. */
  readonly end: number | null;
}

/** A coupon as one customer has it. */
export type Discount = ReturnType<typeof newDiscount>;
export const newDiscount = ({ id, created }: Born, given: DiscountGiven) => ({
  id,
  object: "discount" as const,
  checkout_session: given.checkoutSession,
  customer: given.customer,
  customer_account: null,
  end: given.end,
  invoice: given.invoice,
  invoice_item: null,
  promotion_code: given.promotionCode,
  source: { coupon: given.coupon, type: "coupon" as const },
  start: created,
  subscription: given.subscription,
  subscription_item: null,
});
