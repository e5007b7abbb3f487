import type { BillingDetails, Born, Metadata } from "./shared.ts";

/** What is kept of a card: never its number. */
export interface CardFacts {
  readonly brand: string;
  readonly last4: string;
  readonly fingerprint: string;
  readonly exp_month: number;
  readonly exp_year: number;
  readonly country: string;
  readonly funding: string;
}

export type PaymentMethod = ReturnType<typeof newPaymentMethod>;
export const newPaymentMethod = ({ id, created }: Born, card: CardFacts, billing: BillingDetails, cvc: CvcCheck) => ({
  id,
  object: "payment_method" as const,
  allow_redisplay: "limited" as const,
  billing_details: billing,
  card: {
    brand: card.brand,
    checks: checksOf(billing, cvc),
    country: card.country,
    display_brand: card.brand,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint,
    funding: card.funding,
    generated_from: null,
    last4: card.last4,
    networks: { available: [card.brand], preferred: null },
    regulated_status: "unregulated" as const,
    three_d_secure_usage: { supported: true },
    wallet: null,
  },
  created,
  customer: null as string | null,
  customer_account: null,
  livemode: false,
  metadata: {} as Metadata,
  type: "card" as const,
});

export type CvcCheck = "pass" | "fail";
export const checksOf = (billing: BillingDetails, cvc: CvcCheck) => ({
  address_line1_check: null,
  address_postal_code_check: billing.address?.postal_code ? "pass" : null,
  cvc_check: cvc,
});
