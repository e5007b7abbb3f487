import { z } from "zod";
import { priceData } from "../billing/inline-prices.ts";
import { bool, currency, int, metadata, orUnset, text } from "../protocol/params.ts";

const words = orUnset(z.strictObject({ message: text(1200) }));

const lineItem = z.strictObject({
  price_data: priceData.optional(),
  price: text().optional(),
  quantity: int(1, 999_999).optional(),
  metadata: metadata.optional(),
});

/** Stripe's locales for Checkout are language tags; which of them exist is not checked. */
const locale = z.string().regex(/^(auto|[a-z]{2,3}(-[A-Z0-9]{2,3})?)$/);

export const createParams = z.strictObject({
  mode: z.enum(["payment", "setup", "subscription"]).default("payment"),
  line_items: z.array(lineItem).min(1).optional(),
  success_url: text(5000),
  cancel_url: text(5000).optional(),
  client_reference_id: text(200).optional(),
  currency: currency.optional(),
  customer: text().optional(),
  customer_email: z.email().max(800).optional(),
  customer_update: z
    .strictObject({
      address: z.enum(["auto", "never"]).optional(),
      name: z.enum(["auto", "never"]).optional(),
      shipping: z.enum(["auto", "never"]).optional(),
    })
    .optional(),
  expires_at: int(0).optional(),
  locale: locale.optional(),
  metadata: metadata.optional(),
  submit_type: z.enum(["auto", "book", "donate", "pay", "subscribe"]).optional(),
  subscription_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: text(500).optional(),
      billing_mode: z.strictObject({ type: z.enum(["classic", "flexible"]) }).optional(),
    })
    .optional(),
  consent_collection: z
    .strictObject({
      payment_method_reuse_agreement: z.strictObject({ position: z.enum(["auto", "hidden"]) }).optional(),
      promotions: z.enum(["auto", "none"]).optional(),
      terms_of_service: z.enum(["none", "required"]).optional(),
    })
    .optional(),
  custom_text: z
    .strictObject({
      after_submit: words.optional(),
      shipping_address: words.optional(),
      submit: words.optional(),
      terms_of_service_acceptance: words.optional(),
    })
    .optional(),
  billing_address_collection: z.enum(["auto", "required"]).optional(),
  allowed_payment_method_types: z.array(z.enum(["card"])).optional(),
  payment_method_types: z.array(z.enum(["card"])).optional(),
  payment_method_collection: z.enum(["always", "if_required"]).default("always"),
  automatic_tax: z.strictObject({ enabled: bool }).optional(),
  allow_promotion_codes: bool.optional(),
  // Stripe takes one at most.
  discounts: z
    .array(z.strictObject({ coupon: text().optional(), promotion_code: text().optional() }))
    .max(1)
    .optional(),
  integration_identifier: text().optional(),
  origin_context: z.enum(["mobile_app", "web"]).optional(),
  ui_mode: z.enum(["hosted_page"]).default("hosted_page"),
});
export type CreateParams = z.output<typeof createParams>;
