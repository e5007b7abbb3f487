import type { Customer } from "../objects/customer.ts";
import { type BilledTo, type BillingReason, type Invoice, type InvoiceLine, newInvoice } from "../objects/invoice.ts";
import { newInvoicePayment } from "../objects/invoice-payment.ts";
import type { PaymentIntent } from "../objects/payment-intent.ts";
import type { Period, Subscription } from "../objects/subscription.ts";
import type { Work } from "../state/work.ts";

interface Draft {
  readonly id: string;
  readonly subscription: Subscription;
  readonly customer: Customer;
  readonly reason: BillingReason;
  readonly lines: readonly InvoiceLine[];
  readonly period: Period;
  /** When the clock finalises it; null when whoever made it does. Unix seconds. */
  readonly finalizesAt: number | null;
}

export const billedTo = (customer: Customer): BilledTo => ({
  id: customer.id,
  email: customer.email,
  name: customer.name,
  phone: customer.phone,
  address: customer.address,
  testClock: customer.test_clock,
});

/** Makes an invoice that can still be changed. */
export function draftInvoice(work: Work, draft: Draft): Invoice {
  const { subscription, customer } = draft;
  const invoice = newInvoice(
    { id: draft.id, created: work.now },
    {
      currency: subscription.currency,
      customer: billedTo(customer),
      reason: draft.reason,
      subscription: { id: subscription.id, metadata: subscription.metadata },
      lines: draft.lines,
      period: draft.period,
      paymentMethod: null,
      automaticTax: subscription.automatic_tax.enabled,
    },
  );
  return work.tell("invoice.created", { ...invoice, automatically_finalizes_at: draft.finalizesAt });
}

/** From now on the invoice has a number and stays as it is. */
export function finalizeInvoice(work: Work, invoice: Invoice): Invoice {
  return work.tell("invoice.finalized", {
    ...invoice,
    automatically_finalizes_at: null,
    effective_at: work.now,
    ending_balance: 0,
    hosted_invoice_url: `${work.publicUrl}/i/${invoice.id}`,
    invoice_pdf: `${work.publicUrl}/i/${invoice.id}/pdf`,
    number: nextNumber(work),
    status: "open",
    status_transitions: { ...invoice.status_transitions, finalized_at: work.now },
  });
}

/** One series a year for the whole account: 2026-0001. */
function nextNumber(work: Work): string {
  const year = new Date(work.now * 1000).getUTCFullYear();
  const before = work.all("invoice").filter((invoice) => invoice.number?.startsWith(`${year}-`)).length;
  return `${year}-${String(before + 1).padStart(4, "0")}`;
}

/** The invoice is paid, by an intent unless nothing was to pay. */
export function markPaid(work: Work, invoice: Invoice, intent: PaymentIntent | null): Invoice {
  const paid: Invoice = {
    ...invoice,
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    attempt_count: invoice.attempt_count + (intent ? 1 : 0),
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: "paid",
    status_transitions: { ...invoice.status_transitions, paid_at: work.now },
  };
  work.tell("invoice.paid", paid);
  work.tell("invoice.payment_succeeded", paid);
  if (intent) {
    const open = work.all("invoice_payment").find((one) => one.payment.payment_intent === intent.id);
    work.tell("invoice_payment.paid", {
      ...(open ?? newInvoicePayment(work.born("inpay"), invoice, intent.id)),
      amount_paid: invoice.amount_due,
      status: "paid",
      status_transitions: { canceled_at: null, paid_at: work.now },
    });
  }
  return paid;
}

/** The invoice could not be paid; it stays open for another try. */
export function markUnpaid(work: Work, invoice: Invoice, needsPayer: boolean, nextAttempt: number | null): Invoice {
  const open: Invoice = {
    ...invoice,
    attempt_count: invoice.attempt_count + 1,
    attempted: true,
    next_payment_attempt: nextAttempt,
  };
  work.tell("invoice.payment_failed", open);
  if (needsPayer) work.tell("invoice.payment_action_required", open);
  return open;
}
