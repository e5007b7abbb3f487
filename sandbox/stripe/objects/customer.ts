import type { Address, Born, Metadata } from "./shared.ts";

interface Given {
  readonly email: string | null;
  readonly name: string | null;
  readonly phone?: string | null;
  readonly description?: string | null;
  readonly address?: Address | null;
  readonly metadata?: Metadata;
  readonly preferredLocales?: readonly string[];
  readonly testClock?: string | null;
}

export type Customer = ReturnType<typeof newCustomer>;
export const newCustomer = ({ id, created }: Born, given: Given) => ({
  id,
  object: "customer" as const,
  address: given.address ?? (null as Address | null),
  balance: 0,
  created,
  currency: null as string | null,
  customer_account: null,
  default_source: null,
  delinquent: false as boolean,
  description: given.description ?? (null as string | null),
  discount: null,
  email: given.email,
  // Stripe makes a prefix of eight letters and digits for each customer's invoices.
  invoice_prefix: id.slice(-8).toUpperCase(),
  invoice_settings: {
    custom_fields: null,
    default_payment_method: null as string | null,
    footer: null,
    rendering_options: null,
  },
  livemode: false,
  metadata: given.metadata ?? ({} as Metadata),
  name: given.name,
  next_invoice_sequence: 1,
  phone: given.phone ?? (null as string | null),
  preferred_locales: [...(given.preferredLocales ?? [])],
  shipping: null,
  tax_exempt: "none" as const,
  test_clock: given.testClock ?? (null as string | null),
});
