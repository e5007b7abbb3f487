import type { Born, Metadata } from "./shared.ts";

interface Given {
  /** Negative gives the customer credit. */
  readonly amount: number;
  readonly currency: string;
  readonly customer: string;
  readonly description: string | null;
  readonly endingBalance: number;
  readonly invoice: string | null;
  readonly creditNote?: string;
  readonly metadata?: Metadata;
  readonly type: "adjustment" | "applied_to_invoice" | "credit_note" | "invoice_too_small" | "unapplied_from_invoice";
}

export type CustomerBalanceTransaction = ReturnType<typeof newCustomerBalanceTransaction>;
export const newCustomerBalanceTransaction = ({ id, created }: Born, given: Given) => ({
  id,
  object: "customer_balance_transaction" as const,
  amount: given.amount,
  checkout_session: null,
  created,
  credit_note: given.creditNote ?? null,
  currency: given.currency,
  customer: given.customer,
  customer_account: null,
  description: given.description,
  ending_balance: given.endingBalance,
  invoice: given.invoice,
  livemode: false,
  metadata: given.metadata ?? ({} as Metadata),
  type: given.type,
});
