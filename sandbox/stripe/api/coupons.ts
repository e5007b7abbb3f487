import { z } from "zod";
import { newCoupon, newPromotionCode } from "../objects/coupon.ts";
import { invalid } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import { bool, currency, inRange, int, metadata, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import type { Work } from "../state/work.ts";

const read = "rak_coupon_read";
const write = "rak_coupon_write";

const percentage = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/)
  .transform(Number)
  .pipe(z.number().gt(0).max(100));

const couponParams = z.strictObject({
  id: text(200).optional(),
  amount_off: int(1).optional(),
  currency: currency.optional(),
  duration: z.enum(["forever", "once", "repeating"]).default("once"),
  duration_in_months: int(1).optional(),
  max_redemptions: int(1).optional(),
  metadata: metadata.optional(),
  name: text(40).optional(),
  percent_off: percentage.optional(),
  redeem_by: int(0).optional(),
});

const codeParams = z.strictObject({
  promotion: z.strictObject({ type: z.literal("coupon"), coupon: text() }),
  active: bool.default(true),
  code: text(500).optional(),
  customer: text().optional(),
  expires_at: int(0).optional(),
  max_redemptions: int(1).optional(),
  metadata: metadata.optional(),
  restrictions: z
    .strictObject({
      first_time_transaction: bool.optional(),
      minimum_amount: int(1).optional(),
      minimum_amount_currency: currency.optional(),
    })
    .optional(),
});

export const coupons = [
  route({
    method: "POST",
    path: "/coupons",
    call: "coupons.create",
    permission: write,
    params: couponParams,
    run: ({ work, params }) => makeCoupon(work, params),
  }),
  route({
    method: "GET",
    path: "/coupons",
    call: "coupons.list",
    permission: read,
    params: z.strictObject({ ...paging, created: range.optional() }),
    run: ({ work, params }) =>
      pageOf(
        "/v1/coupons",
        work.all("coupon").filter((one) => inRange(one.created, params.created)),
        params,
      ),
  }),
  route({
    method: "GET",
    path: "/coupons/:id",
    call: "coupons.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("coupon", id),
  }),
  route({
    method: "DELETE",
    path: "/coupons/:id",
    call: "coupons.del",
    permission: write,
    params: z.strictObject({}),
    run: ({ work, id }) => {
      work.remove("coupon.deleted", work.need("coupon", id));
      return { id, object: "coupon", deleted: true };
    },
  }),
  route({
    method: "POST",
    path: "/promotion_codes",
    call: "promotionCodes.create",
    permission: write,
    params: codeParams,
    run: ({ work, params }) => makeCode(work, params),
  }),
  route({
    method: "GET",
    path: "/promotion_codes",
    call: "promotionCodes.list",
    permission: read,
    params: z.strictObject({
      ...paging,
      active: bool.optional(),
      code: text().optional(),
      coupon: text().optional(),
      created: range.optional(),
      customer: text().optional(),
    }),
    run: ({ work, params }) => {
      const found = work
        .all("promotion_code")
        .filter(
          (one) =>
            inRange(one.created, params.created) &&
            (params.active === undefined || one.active === params.active) &&
            (params.code === undefined || one.code.toLowerCase() === params.code.toLowerCase()) &&
            (params.coupon === undefined || one.promotion.coupon === params.coupon) &&
            (params.customer === undefined || one.customer === params.customer),
        );
      return pageOf("/v1/promotion_codes", found, params);
    },
  }),
  route({
    method: "GET",
    path: "/promotion_codes/:id",
    call: "promotionCodes.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("promotion_code", id),
  }),
  route({
    method: "POST",
    path: "/promotion_codes/:id",
    call: "promotionCodes.update",
    permission: write,
    params: z.strictObject({ active: bool.optional(), metadata: metadata.optional() }),
    run: ({ work, id, params }) => {
      const before = work.need("promotion_code", id);
      const { active = before.active } = params;
      const after = { ...before, active, metadata: changedMetadata(before.metadata, params.metadata) };
      return work.tell("promotion_code.updated", after, { previous: { active: before.active } });
    },
  }),
];

function makeCoupon(work: Work, given: z.output<typeof couponParams>) {
  if ((given.amount_off === undefined) === (given.percent_off === undefined))
    throw invalid("You must specify either `amount_off` or `percent_off`.", { param: "percent_off" });
  if (given.amount_off !== undefined && given.currency === undefined)
    throw invalid("You must pass `currency` when passing `amount_off`.", { param: "currency" });
  if ((given.duration === "repeating") !== (given.duration_in_months !== undefined))
    throw invalid("`duration_in_months` goes with `duration=repeating`.", { param: "duration_in_months" });
  const id = given.id ?? work.secret().slice(0, 8);
  if (work.find("coupon", id)) throw invalid("Coupon already exists.", { code: "resource_already_exists" });
  const coupon = newCoupon(
    { id, created: work.now },
    {
      amountOff: given.amount_off ?? null,
      currency: given.currency ?? null,
      percentOff: given.percent_off ?? null,
      duration: given.duration,
      months: given.duration_in_months ?? null,
      name: given.name ?? null,
      maxRedemptions: given.max_redemptions ?? null,
      redeemBy: given.redeem_by ?? null,
      metadata: given.metadata ?? {},
    },
  );
  return work.tell("coupon.created", coupon);
}

function makeCode(work: Work, given: z.output<typeof codeParams>) {
  const coupon = work.need("coupon", given.promotion.coupon, "promotion[coupon]");
  const code = given.code ?? work.secret().slice(0, 8).toUpperCase();
  const taken = work.all("promotion_code").some((one) => one.active && one.code.toLowerCase() === code.toLowerCase());
  if (taken) throw invalid("An active promotion code with that code exists already.", { param: "code" });
  const { minimum_amount: amount, minimum_amount_currency: money } = given.restrictions ?? {};
  const made = newPromotionCode(work.born("promo"), {
    code,
    coupon: coupon.id,
    active: given.active,
    customer: given.customer ?? null,
    expiresAt: given.expires_at ?? null,
    maxRedemptions: given.max_redemptions ?? null,
    metadata: given.metadata ?? {},
    firstTime: given.restrictions?.first_time_transaction ?? false,
    minimum: amount === undefined || money === undefined ? null : { amount, currency: money },
  });
  return work.tell("promotion_code.created", made);
}
