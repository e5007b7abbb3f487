import type { Invoice } from "../objects/invoice.ts";
import { newInvoicePayment } from "../objects/invoice-payment.ts";
import { newPaymentIntent, type PaymentIntent } from "../objects/payment-intent.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import { hasEnded } from "../state/agenda.ts";
import type { Work } from "../state/work.ts";
import type { Moment } from "./cards.ts";
import { type Charged, chargeCard } from "./charge-card.ts";
import { nextTry, usualDunning } from "./dunning.ts";
import { markPaid, markUnpaid } from "./invoices.ts";

/** Charges a card for an open invoice, and brings the subscription in line with what came of it. */
export function payInvoice(
  work: Work,
  invoice: Invoice,
  method: PaymentMethod,
  moment: Moment,
): { invoice: Invoice; charged: Charged } {
  const charged = chargeCard(work, intentOf(work, invoice), method, moment);
  if (charged.refusal !== undefined) {
    const needsPayer = charged.refusal === "authentication_required";
    return { invoice: unpaid(work, invoice, needsPayer), charged };
  }
  const after = markPaid(work, invoice, charged.intent);
  follow(work, after, "active");
  return { invoice: after, charged };
}

/** There is no card to charge: for Stripe that is a failed try as well. */
export const noCard = (work: Work, invoice: Invoice): Invoice => unpaid(work, invoice, false);

/** A try failed: the next is planned, or what the settings say for the end comes. */
function unpaid(work: Work, invoice: Invoice, needsPayer: boolean): Invoice {
  const next = nextTry(usualDunning, invoice.attempt_count + 1, work.now);
  const after = markUnpaid(work, invoice, needsPayer, next);
  follow(work, after, "past_due");
  return after;
}

/** Brings the invoice's subscription in line. */
function follow(work: Work, invoice: Invoice, status: "active" | "past_due"): void {
  const subscription = work.find("subscription", invoice.parent?.subscription_details.subscription ?? null);
  if (!subscription || hasEnded(subscription) || subscription.status === status) return;
  work.tell(
    "customer.subscription.updated",
    { ...subscription, status },
    { previous: { status: subscription.status } },
  );
}

/** An invoice has one intent, used again at each try. */
function intentOf(work: Work, invoice: Invoice): PaymentIntent {
  const payment = work.all("invoice_payment").find((one) => one.invoice === invoice.id && one.status === "open");
  const before = work.find("payment_intent", payment?.payment.payment_intent ?? null);
  if (before) return before;
  const intent = newPaymentIntent(work.born("pi"), {
    amount: invoice.amount_remaining,
    currency: invoice.currency,
    customer: invoice.customer,
    description: "Subscription update",
    secret: work.secret(),
  });
  work.tell("payment_intent.created", intent);
  work.keep("invoice_payment.created", newInvoicePayment(work.born("inpay"), invoice, intent.id));
  return intent;
}
