import type { Invoice } from "./invoice.ts";
import type { Born } from "./shared.ts";

export type InvoicePaymentStatus = "open" | "paid" | "canceled";

/** Ties an invoice to the payment intent that pays it. */
export type InvoicePayment = ReturnType<typeof newInvoicePayment>;
export const newInvoicePayment = ({ id, created }: Born, invoice: Invoice, paymentIntent: string) => ({
  id,
  object: "invoice_payment" as const,
  amount_paid: null as number | null,
  amount_requested: invoice.amount_due,
  created,
  currency: invoice.currency,
  invoice: invoice.id,
  is_default: true,
  livemode: false,
  payment: { payment_intent: paymentIntent, type: "payment_intent" as const },
  status: "open" as InvoicePaymentStatus,
  status_transitions: { canceled_at: null as number | null, paid_at: null as number | null },
});
