import type { Invoice } from "../objects/invoice.ts";
import { newInvoicePayment } from "../objects/invoice-payment.ts";
import { newPaymentIntent, type PaymentIntent } from "../objects/payment-intent.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { Subscription } from "../objects/subscription.ts";
import type { Work } from "../state/work.ts";
import type { Moment } from "./cards.ts";
import { type Charged, chargeCard } from "./charge-card.ts";
import { markPaid, markUnpaid } from "./invoices.ts";

/** Smart Retries wait some days between tries; three is about what it does at first. */
const nextTryAfter = 3 * 86_400;

/** Charges a card for an open invoice, and brings the subscription in line with what came of it. */
export function payInvoice(
  work: Work,
  invoice: Invoice,
  method: PaymentMethod,
  moment: Moment,
): { invoice: Invoice; charged: Charged } {
  const charged = chargeCard(work, intentOf(work, invoice), method, moment);
  const needsPayer = charged.refusal === "authentication_required";
  const after =
    charged.refusal === undefined
      ? markPaid(work, invoice, charged.intent)
      : markUnpaid(work, invoice, needsPayer, work.now + nextTryAfter);
  const id = invoice.parent?.subscription_details.subscription ?? null;
  const subscription = work.find("subscription", id);
  if (subscription) follow(work, subscription, charged.refusal === undefined);
  return { invoice: after, charged };
}

function follow(work: Work, subscription: Subscription, paid: boolean): void {
  const status = paid ? "active" : "past_due";
  if (subscription.status === "canceled" || subscription.status === status) return;
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
