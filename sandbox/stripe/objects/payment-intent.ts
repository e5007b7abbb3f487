import type { PaymentMethod } from "./payment-method.ts";
import type { Born, Metadata } from "./shared.ts";

/** Why the last try did not work, as `last_payment_error` tells it. */
export interface PaymentError {
  readonly type: "card_error" | "invalid_request_error";
  readonly code: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
  readonly message: string;
  readonly param?: string;
  readonly doc_url: string;
  readonly charge?: string;
  readonly payment_method?: PaymentMethod;
}

export type PaymentIntentStatus = "requires_payment_method" | "requires_action" | "succeeded" | "canceled";

interface Given {
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly description: string;
  readonly secret: string;
  readonly metadata?: Metadata;
}

export type PaymentIntent = ReturnType<typeof newPaymentIntent>;
export const newPaymentIntent = ({ id, created }: Born, given: Given) => ({
  id,
  object: "payment_intent" as const,
  allowed_payment_method_types: ["card"],
  amount: given.amount,
  amount_capturable: 0,
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  canceled_at: null as number | null,
  cancellation_reason: null as "abandoned" | "void_invoice" | null,
  capture_method: "automatic" as const,
  client_secret: `${id}_secret_${given.secret}`,
  confirmation_method: "automatic" as const,
  created,
  currency: given.currency,
  customer: given.customer,
  customer_account: null,
  description: given.description,
  excluded_payment_method_types: null,
  last_payment_error: null as PaymentError | null,
  latest_charge: null as string | null,
  livemode: false,
  managed_payments: null,
  metadata: given.metadata ?? ({} as Metadata),
  next_action: null as { type: "redirect_to_url"; redirect_to_url: { return_url: string | null; url: string } } | null,
  on_behalf_of: null,
  payment_method: null as string | null,
  payment_method_configuration_details: null,
  payment_method_options: {
    card: { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" as const },
  },
  payment_method_types: ["card"],
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: "off_session" as const,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: "requires_payment_method" as PaymentIntentStatus,
  transfer_data: null,
  transfer_group: null,
});
