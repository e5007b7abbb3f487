import type { Charge } from "../objects/charge.ts";
import type { Invoice } from "../objects/invoice.ts";
import { newInvoicePayment } from "../objects/invoice-payment.ts";
import { newPaymentIntent, type PaymentError, type PaymentIntent } from "../objects/payment-intent.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import { hasEnded } from "../state/agenda.ts";
import type { Work } from "../state/work.ts";
import { cancelNow } from "./cancel.ts";
import { type Moment, mustAsk, refusalAt } from "./cards.ts";
import { chargeCard } from "./charge-card.ts";
import { afterCharge } from "./disputes.ts";
import { nextTry } from "./dunning.ts";
import { markPaid, markUnpaid } from "./invoices.ts";
import { paymentError } from "./refusal-words.ts";

/** What came of a try. */
export interface Tried {
  readonly invoice: Invoice;
  readonly intent: PaymentIntent;
  readonly charge: Charge | null;
  /** Null when it is paid. */
  readonly error: PaymentError | null;
}

/** Charges a card for an open invoice, and brings the subscription in line with what came of it. */
export function payInvoice(work: Work, invoice: Invoice, method: PaymentMethod, moment: Moment): Tried {
  const behaviour = work.aside(method.id).behaviour ?? {};
  const asks = moment.onSession ? mustAsk(behaviour, moment) : refusalAt(behaviour, moment) === authenticationRequired;
  if (asks) return askPayer(work, invoice, method, moment);
  const { intent, charge } = chargeCard(work, intentOf(work, invoice), method, moment);
  if (intent.last_payment_error !== null)
    return { invoice: unpaid(work, invoice, false), intent, charge, error: intent.last_payment_error };
  const after = settle(work, invoice, intent);
  afterCharge(work, charge, method);
  return { invoice: after, intent, charge, error: null };
}

const authenticationRequired = "authentication_required";

/** The bank wants to ask its customer. Who is not there must come to the invoice's page; who is there is asked at once, and that is no failed try. */
function askPayer(work: Work, invoice: Invoice, method: PaymentMethod, { onSession }: Moment): Tried {
  const error = { ...paymentError(authenticationRequired, null), payment_method: method };
  const url = `${work.publicUrl}/i/${invoice.id}/confirm`;
  const intent = work.tell("payment_intent.requires_action", {
    ...intentOf(work, invoice),
    last_payment_error: onSession ? null : error,
    next_action: { type: "redirect_to_url", redirect_to_url: { return_url: null, url } },
    payment_method: method.id,
    status: "requires_action",
  });
  return { invoice: onSession ? invoice : unpaid(work, invoice, true), intent, charge: null, error };
}

/** The invoice is paid: by an intent, by credit, or outside of Stripe. */
export function settle(work: Work, invoice: Invoice, intent: PaymentIntent | null): Invoice {
  const paid = markPaid(work, invoice, intent);
  follow(work, paid, "active");
  return paid;
}

/** A bill that is void counts as settled for its subscription. */
export const settleVoid = (work: Work, voided: Invoice): void => follow(work, voided, "active");

/** There is no card to charge: for Stripe that is a failed try as well. */
export const noCard = (work: Work, invoice: Invoice): Invoice => unpaid(work, invoice, false);

/**
 * A try failed. Where it was due by the schedule, or was the first, the next is planned, or the end comes that the settings
 * name; other tries in between change nothing of the schedule.
 */
function unpaid(work: Work, invoice: Invoice, needsPayer: boolean): Invoice {
  const due = invoice.next_payment_attempt;
  const counts = !invoice.attempted || (due !== null && due <= work.now);
  const attempts = invoice.attempt_count + (counts ? 1 : 0);
  const subscription = subscriptionOf(work, invoice);
  // Nobody is charged again by itself for what has ended, nor for a beginning that was not paid.
  const collects = !isFirst(invoice) && (subscription === undefined || !hasEnded(subscription));
  const next = counts ? (collects ? nextTry(work.dunning, attempts, work.now) : null) : due;
  const after = markUnpaid(work, invoice, { needsPayer, attempts, next });
  follow(work, after, isFirst(invoice) ? "incomplete" : "past_due");
  if (counts && next === null && collects) giveUp(work, after);
  return after;
}

const isFirst = ({ billing_reason: reason }: Invoice): boolean => reason === "subscription_create";

/** After the last try. */
function giveUp(work: Work, invoice: Invoice): void {
  const subscription = subscriptionOf(work, invoice);
  if (!subscription || hasEnded(subscription)) return;
  if (work.dunning.end === "cancel") cancelNow(work, subscription, work.now, { reason: "payment_failed" });
  if (work.dunning.end === "unpaid") follow(work, invoice, "unpaid");
}

const subscriptionOf = (work: Work, { parent }: Invoice) =>
  work.find("subscription", parent?.subscription_details.subscription ?? null);

/** Brings the subscription in line with its latest bill: an older one that is paid late changes nothing. */
function follow(work: Work, invoice: Invoice, status: "active" | "incomplete" | "past_due" | "unpaid"): void {
  owes(work, invoice, status !== "active");
  const subscription = subscriptionOf(work, invoice);
  if (!subscription || hasEnded(subscription) || subscription.status === status) return;
  if (subscription.status === "unpaid" && status === "past_due") return;
  // The bill for nothing at the beginning of a trial does not end it.
  if (subscription.status === "trialing" && status === "active") return;
  if (status === "active" && isOlder(work, invoice, subscription.id)) return;
  work.tell(
    "customer.subscription.updated",
    { ...subscription, status },
    { previous: { status: subscription.status } },
  );
}

const isOlder = (work: Work, { id }: Invoice, subscription: string): boolean =>
  work
    .all("invoice")
    .filter(({ parent }) => parent?.subscription_details.subscription === subscription)
    .findLast(({ status }) => status !== "draft")?.id !== id;

function owes(work: Work, { customer: id }: Invoice, delinquent: boolean): void {
  const customer = work.find("customer", id);
  if (!customer || customer.delinquent === delinquent) return;
  work.tell("customer.updated", { ...customer, delinquent }, { previous: { delinquent: customer.delinquent } });
}

/** An invoice has one intent, used again at each try. */
function intentOf(work: Work, invoice: Invoice): PaymentIntent {
  const payment = work.all("invoice_payment").find((one) => one.invoice === invoice.id && one.status === "open");
  const before = work.find("payment_intent", payment?.payment.payment_intent ?? null);
  const amount = invoice.amount_remaining;
  if (before) return { ...before, amount };
  const intent = newPaymentIntent(work.born("pi"), {
    amount,
    currency: invoice.currency,
    customer: invoice.customer,
    description: "Subscription update",
    secret: work.secret(),
  });
  work.tell("payment_intent.created", intent);
  work.keep("invoice_payment.created", newInvoicePayment(work.born("inpay"), invoice, intent.id));
  return intent;
}
