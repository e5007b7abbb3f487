import type { Born } from "./shared.ts";

/** What keeps a card for later, without a payment. Made when a session for it is opened; the stand-in knows no others. */
export type SetupIntent = ReturnType<typeof newSetupIntent>;
export const newSetupIntent = (
  { id, created }: Born,
  { customer, secret }: { readonly customer: string; readonly secret: string },
) => ({
  id,
  object: "setup_intent" as const,
  allowed_payment_method_types: null,
  application: null,
  automatic_payment_methods: null,
  cancellation_reason: null as "abandoned" | null,
  client_secret: `${id}_secret_${secret}`,
  created,
  customer,
  customer_account: null,
  description: null,
  excluded_payment_method_types: null,
  last_setup_error: null,
  latest_attempt: null,
  livemode: false,
  managed_payments: null,
  mandate: null,
  metadata: {},
  next_action: null,
  on_behalf_of: null,
  payment_method: null as string | null,
  payment_method_configuration_details: null,
  payment_method_options: {
    card: { mandate_options: null, network: null, request_three_d_secure: "automatic" as const },
  },
  payment_method_types: ["card"],
  single_use_mandate: null,
  status: "requires_payment_method" as "requires_payment_method" | "succeeded" | "canceled",
  usage: "off_session",
});
