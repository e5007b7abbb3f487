import type { PaymentMethod } from "./payment-method.ts";

export interface ThreeDSecure {
  readonly authentication_flow: "challenge" | "frictionless" | null;
  readonly electronic_commerce_indicator: "05" | null;
  readonly exemption_indicator: null;
  readonly result: "authenticated" | "failed" | null;
  readonly result_reason: "rejected" | null;
  readonly transaction_id: string | null;
  readonly version: "2.2.0" | null;
}

/** The card as a charge shows it. `refusal` is why the bank said no, or null. */
export type CardDetails = ReturnType<typeof cardDetails>;
export function cardDetails(
  method: PaymentMethod,
  amount: number,
  secure: ThreeDSecure | null,
  refusal: string | null,
) {
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = method.card;
  return {
    amount_authorized: refusal === null ? amount : null,
    authorization_code: null,
    brand,
    checks: { ...checks, cvc_check: refusal === "incorrect_cvc" ? ("fail" as const) : checks.cvc_check },
    country,
    electronic_commerce_indicator: secure?.electronic_commerce_indicator ?? null,
    exp_month,
    exp_year,
    extended_authorization: { status: "disabled" as const },
    fingerprint,
    funding,
    incremental_authorization: { status: "unavailable" as const },
    installments: null,
    last4,
    mandate: null,
    multicapture: { status: "unavailable" as const },
    network: brand,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: amount, status: "unavailable" as const },
    regulated_status: "unregulated" as const,
    three_d_secure: secure,
    transaction_link_id: null,
    wallet: null,
  };
}
