import { z } from "zod";
import { itemChange } from "../billing/changed-items.ts";
import { bool, int, metadata, orUnset, text } from "../protocol/params.ts";

const feedback = [
  "customer_service",
  "low_quality",
  "missing_features",
  "other",
  "switched_service",
  "too_complex",
  "too_expensive",
  "unused",
] as const;
export const cancellation = z.strictObject({
  comment: orUnset(text()).optional(),
  feedback: orUnset(z.enum(feedback)).optional(),
});

/** A coupon by itself or by its code, or a discount that is there already. */
const named = z.strictObject({
  coupon: text().optional(),
  discount: text().optional(),
  promotion_code: text().optional(),
});

/** What changes what is billed: an update has it, and a preview of one. */
export const rebilling = {
  billing_cycle_anchor: z.strictObject({ type: z.enum(["now", "unchanged"]) }).optional(),
  cancel_at: orUnset(int(0)).optional(),
  cancel_at_period_end: bool.optional(),
  items: z.array(itemChange).max(20).optional(),
  proration_behavior: z.enum(["always_invoice", "create_prorations", "none"]).optional(),
  proration_date: int(0).optional(),
  trial_end: int(0).optional(),
};

export const updateParams = z.strictObject({
  ...rebilling,
  automatic_tax: z.strictObject({ enabled: bool }).optional(),
  cancellation_details: cancellation.optional(),
  default_payment_method: text().optional(),
  description: orUnset(text(500)).optional(),
  discounts: orUnset(z.array(named).max(20)).optional(),
  metadata: metadata.optional(),
  payment_behavior: z.enum(["allow_incomplete", "error_if_incomplete"]).default("allow_incomplete"),
});
export type Update = z.output<typeof updateParams>;

export const listParams = {
  customer: text().optional(),
  price: text().optional(),
  status: z
    .enum([
      "active",
      "all",
      "canceled",
      "ended",
      "incomplete",
      "incomplete_expired",
      "past_due",
      "paused",
      "trialing",
      "unpaid",
    ])
    .optional(),
  test_clock: text().optional(),
};
