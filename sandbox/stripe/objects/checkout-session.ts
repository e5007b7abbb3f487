import type { Price } from "./product.ts";
import { type Address, type Born, issuedByUs, type Metadata } from "./shared.ts";

export type SessionStatus = "open" | "complete" | "expired";
export type SubmitType = "auto" | "book" | "donate" | "pay" | "subscribe";

/** One line of what is being bought. */
export type LineItem = ReturnType<typeof newLineItem>;
export const newLineItem = (id: string, price: Price, quantity: number, description: string, metadata: Metadata) => ({
  id,
  object: "item" as const,
  adjustable_quantity: null,
  amount_discount: 0,
  amount_subtotal: price.unit_amount * quantity,
  amount_tax: 0,
  amount_total: price.unit_amount * quantity,
  currency: price.currency,
  description,
  metadata,
  price,
  quantity,
});

export interface CustomerDetails {
  readonly address: Address | null;
  readonly business_name: string | null;
  readonly email: string | null;
  readonly individual_name: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly tax_exempt: "none";
  readonly tax_ids: [];
}

export interface SessionDiscount {
  readonly coupon: string | null;
  readonly promotion_code: string | null;
}

type Words = { readonly message: string } | null;
export interface CustomText {
  readonly after_submit: Words;
  readonly shipping_address: Words;
  readonly submit: Words;
  readonly terms_of_service_acceptance: Words;
}
export interface ConsentCollection {
  readonly payment_method_reuse_agreement: { readonly position: "auto" | "hidden" } | null;
  readonly promotions: "auto" | "none" | null;
  readonly terms_of_service: "none" | "required" | null;
}

interface Given {
  readonly url: string;
  readonly successUrl: string;
  readonly cancelUrl: string | null;
  readonly currency: string;
  readonly total: number;
  readonly expiresAt: number;
  readonly customer: string | null;
  readonly customerEmail: string | null;
  readonly clientReferenceId: string | null;
  readonly metadata: Metadata;
  readonly locale: string | null;
  readonly submitType: SubmitType | null;
  readonly consentCollection: ConsentCollection | null;
  readonly customText: CustomText;
  readonly billingAddress: "auto" | "required" | null;
  readonly paymentMethodCollection: "always" | "if_required";
  readonly automaticTax: boolean;
  readonly allowPromotionCodes: boolean | null;
  readonly integrationIdentifier: string | null;
  readonly originContext: "mobile_app" | "web" | null;
}

/** `located`: it is known where the payer is. */
export const sessionTax = (enabled: boolean, located: boolean) => ({
  enabled,
  liability: enabled ? issuedByUs : null,
  provider: enabled ? "stripe" : null,
  status: enabled ? (located ? ("complete" as const) : ("requires_location_inputs" as const)) : null,
});

export type CheckoutSession = ReturnType<typeof newCheckoutSession>;
export const newCheckoutSession = ({ id, created }: Born, given: Given) => ({
  id,
  object: "checkout.session" as const,
  adaptive_pricing: null,
  after_expiration: null,
  allow_promotion_codes: given.allowPromotionCodes,
  allowed_payment_method_types: null,
  amount_subtotal: given.total,
  amount_total: given.total,
  automatic_tax: sessionTax(given.automaticTax, false),
  billing_address_collection: given.billingAddress,
  cancel_url: given.cancelUrl,
  client_reference_id: given.clientReferenceId,
  client_secret: null,
  collected_information: null as { business_name: null; individual_name: null; shipping_details: null } | null,
  consent: null as { promotions: null; terms_of_service: "accepted" | null } | null,
  consent_collection: given.consentCollection,
  created,
  currency: given.currency,
  currency_conversion: null,
  custom_fields: [],
  custom_text: given.customText,
  customer: given.customer,
  customer_account: null,
  customer_creation: given.customer ? null : ("always" as const),
  customer_details: null as CustomerDetails | null,
  customer_email: given.customerEmail,
  discounts: [] as SessionDiscount[],
  expires_at: given.expiresAt,
  integration_identifier: given.integrationIdentifier,
  invoice: null as string | null,
  invoice_creation: null,
  livemode: false,
  locale: given.locale,
  managed_payments: null,
  metadata: given.metadata,
  mode: "subscription" as const,
  origin_context: given.originContext,
  // In subscription mode the payment belongs to the invoice, never to the session.
  payment_intent: null,
  payment_link: null,
  payment_method_collection: given.paymentMethodCollection,
  payment_method_configuration_details: null,
  payment_method_options: { card: { request_three_d_secure: "automatic" as const } },
  payment_method_types: ["card"],
  payment_status: "unpaid" as "unpaid" | "paid" | "no_payment_required",
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: "open" as SessionStatus,
  submit_type: given.submitType,
  subscription: null as string | null,
  success_url: given.successUrl,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: "hosted_page" as const,
  url: given.url as string | null,
  wallet_options: null,
});

/** A session that keeps a card and asks for no money: the sums that it has none of are null. */
export type SetupSession = ReturnType<typeof newSetupSession>;
export const newSetupSession = (
  born: Born,
  given: Given & { readonly customer: string; readonly setupIntent: string },
) => ({
  ...newCheckoutSession(born, given),
  allowed_payment_method_types: ["card" as const],
  amount_subtotal: null,
  amount_total: null,
  currency: null,
  discounts: null,
  mode: "setup" as const,
  payment_status: "no_payment_required" as const,
  setup_intent: given.setupIntent,
  total_details: null,
});

/** Whether it sells something, as all of them do that do not keep a card alone. */
export const sells = (session: CheckoutSession | SetupSession): session is CheckoutSession =>
  session.mode === "subscription";
