import type { Invoice } from "../objects/invoice.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { Work } from "../state/work.ts";
import { finalizeByClock } from "./invoices.ts";
import { noCard, payInvoice, settle } from "./pay-invoice.ts";

/** Finalises a draft and charges it, or tries an open invoice again: what Stripe does with each when its time has come. */
export function collect(work: Work, invoice: Invoice): Invoice {
  const open = invoice.status === "draft" ? finalizeByClock(work, invoice) : invoice;
  if (!open) return work.need("invoice", invoice.id);
  if (open.amount_due === 0) return settle(work, open, null);
  const method = cardFor(work, open);
  if (!method) return noCard(work, open);
  return payInvoice(work, open, method, { onSession: false, authenticated: false }).invoice;
}

/** The invoice's own card, else the subscription's, else the customer's. */
export function cardFor(work: Work, invoice: Invoice): PaymentMethod | undefined {
  const subscription = work.find("subscription", invoice.parent?.subscription_details.subscription ?? null);
  const customer = work.find("customer", invoice.customer);
  const id =
    invoice.default_payment_method ??
    subscription?.default_payment_method ??
    customer?.invoice_settings.default_payment_method ??
    null;
  return work.find("payment_method", id);
}
