import type { Customer } from "../objects/customer.ts";
import { type BilledTo, type BillingReason, type Invoice, newInvoice } from "../objects/invoice.ts";
import type { InvoiceLine } from "../objects/invoice-line.ts";
import { newInvoicePayment } from "../objects/invoice-payment.ts";
import type { PaymentIntent } from "../objects/payment-intent.ts";
import type { Metadata } from "../objects/shared.ts";
import type { Period, Subscription } from "../objects/subscription.ts";
import { docUrl, invalid } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import { changeBalance } from "./customer-balance.ts";
import { dropSpent, runningDiscounts } from "./discounts.ts";
import { priced, settled } from "./priced.ts";

export interface Draft {
  readonly id: string;
  readonly currency: string;
  /** Null for a preview of what a stranger would pay. */
  readonly customer: Customer | null;
  readonly subscription: Subscription | null;
  readonly reason: BillingReason;
  readonly lines: readonly InvoiceLine[];
  readonly period: Period;
  /** When the clock finalises it; null when whoever made it does. Unix seconds. */
  readonly finalizesAt: number | null;
  readonly autoAdvance?: boolean;
  readonly automaticTax: boolean;
  /** Ids; those of the subscription when not given. */
  readonly discounts?: readonly string[];
  readonly description?: string | null;
  readonly metadata?: Metadata;
  readonly paymentMethod?: string | null;
}

const nobody: BilledTo = { id: null, email: null, name: null, phone: null, address: null, testClock: null };

export const billedTo = (customer: Customer | null): BilledTo =>
  customer
    ? {
        id: customer.id,
        email: customer.email,
        name: customer.name,
        phone: customer.phone,
        address: customer.address,
        testClock: customer.test_clock,
      }
    : nobody;

const ofSubscription = (work: Work, subscription: Subscription | null): string[] =>
  subscription ? runningDiscounts(work, subscription, work.now).map(({ id }) => id) : [];

/** Makes an invoice that can still be changed. */
export function draftInvoice(work: Work, draft: Draft): Invoice {
  const { subscription, customer } = draft;
  const invoice = newInvoice(
    { id: draft.id, created: work.now },
    {
      currency: draft.currency,
      customer: billedTo(customer),
      reason: draft.reason,
      subscription: subscription && { id: subscription.id, metadata: subscription.metadata },
      lines: [],
      period: draft.period,
      paymentMethod: draft.paymentMethod ?? null,
      automaticTax: draft.automaticTax,
      discounts: draft.discounts ?? ofSubscription(work, subscription),
      description: draft.description ?? null,
      metadata: draft.metadata ?? {},
    },
  );
  const whole = priced(work, { ...invoice, starting_balance: customer?.balance ?? 0 }, draft.lines);
  const kept = work.tell("invoice.created", {
    ...whole,
    auto_advance: draft.autoAdvance ?? true,
    automatically_finalizes_at: draft.finalizesAt,
  });
  if (subscription) dropSpent(work, subscription, kept);
  return kept;
}

/** A draft follows its customer until it is finalised. */
function upToDate(work: Work, draft: Invoice, customer: Customer): Invoice {
  const { address, email, name, phone } = billedTo(customer);
  const billed = { customer_address: address, customer_email: email, customer_name: name, customer_phone: phone };
  return priced(work, { ...draft, ...billed }, draft.lines.data);
}

const lacksLocation = ({ automatic_tax: { status } }: Invoice): boolean => status === "requires_location_inputs";
const whereIsTheCustomer =
  "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.";

/** Finalises a draft whose time has come; undefined when it cannot be, which is told and left to people. */
export function finalizeByClock(work: Work, draft: Invoice): Invoice | undefined {
  const customer = work.need("customer", draft.customer ?? "");
  if (!lacksLocation(upToDate(work, draft, customer))) return finalizeInvoice(work, draft);
  const code = "customer_tax_location_invalid";
  const type = "invalid_request_error";
  work.tell("invoice.finalization_failed", {
    ...draft,
    automatically_finalizes_at: null,
    last_finalization_error: { code, doc_url: docUrl(code), message: whereIsTheCustomer, type },
  });
  return undefined;
}

/** From now on the invoice has a number and stays as it is. What the customer has in credit pays first. */
export function finalizeInvoice(work: Work, draft: Invoice): Invoice {
  const customer = work.need("customer", draft.customer ?? "");
  const invoice = upToDate(work, draft, customer);
  if (lacksLocation(invoice)) throw invalid(whereIsTheCustomer, { code: "customer_tax_location_invalid" });
  const { amount_due, ending_balance } = settled(invoice.total, customer.balance, invoice.currency);
  const amount = ending_balance - customer.balance;
  if (amount !== 0) {
    const type = ending_balance > 0 ? "invoice_too_small" : "applied_to_invoice";
    changeBalance(work, customer, { amount, currency: invoice.currency, type, invoice: invoice.id });
  }
  return work.tell("invoice.finalized", {
    ...invoice,
    amount_due,
    amount_remaining: amount_due,
    automatically_finalizes_at: null,
    effective_at: work.now,
    ending_balance,
    hosted_invoice_url: `${work.publicUrl}/i/${invoice.id}`,
    invoice_pdf: `${work.publicUrl}/i/${invoice.id}/pdf`,
    number: nextNumber(work),
    starting_balance: customer.balance,
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
export function markUnpaid(
  work: Work,
  invoice: Invoice,
  { needsPayer, attempts, next }: { needsPayer: boolean; attempts: number; next: number | null },
): Invoice {
  const open: Invoice = { ...invoice, attempt_count: attempts, attempted: true, next_payment_attempt: next };
  work.tell("invoice.payment_failed", open);
  if (needsPayer) work.tell("invoice.payment_action_required", open);
  return open;
}
