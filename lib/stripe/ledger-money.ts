import type Stripe from "stripe";
import type {
  CardOnFile,
  LedgerCreditNote,
  LedgerDispute,
  LedgerMovement,
  LedgerWarning,
} from "@/lib/billing/ledger.ts";
import { addAll, negate } from "@/lib/billing/money.ts";
import { idOf } from "./checkout-desk.ts";
import { dateOf, dateOrNull, hasEnded, sumOf, taxOf } from "./ledger-nouns.ts";

type InvoiceOf = ReadonlyMap<string, string | null>;
/** Of which entry, and for what. */
type About = Pick<LedgerMovement, "kind" | "sourceId" | "paymentIntentId" | "invoiceId" | "sum">;

function movement(entry: Stripe.BalanceTransaction | string | null | undefined, about: About): LedgerMovement[] {
  // Money that is not there yet has no entry; one that came unexpanded would be a bug of the call.
  if (!entry || typeof entry === "string") return [];
  const balance = sumOf(entry.amount, entry.currency);
  const fee = sumOf(entry.fee, entry.currency);
  const net = sumOf(entry.net, entry.currency);
  return [{ id: entry.id, ...about, balance, fee, net, at: dateOf(entry.created) }];
}

/** A charge and what went back of it. One that failed moved nothing. */
export function chargeMovements(charge: Stripe.Charge, invoiceOf: InvoiceOf): LedgerMovement[] {
  const paymentIntentId = idOf(charge.payment_intent);
  const invoiceId = (paymentIntentId && invoiceOf.get(paymentIntentId)) || null;
  const about = { paymentIntentId, invoiceId };
  const came = sumOf(charge.amount, charge.currency);
  return [
    ...movement(charge.balance_transaction, { ...about, kind: "charge", sourceId: charge.id, sum: came }),
    ...(charge.refunds?.data ?? []).flatMap((refund) => {
      const back = { ...about, sourceId: refund.id };
      const sum = sumOf(refund.amount, refund.currency);
      return [
        ...movement(refund.balance_transaction, { ...back, kind: "refund", sum: negate(sum) }),
        ...movement(refund.failure_balance_transaction, { ...back, kind: "refund-failed", sum }),
      ];
    }),
  ];
}

/** What a dispute took, and gave back when it was won. An inquiry takes nothing. */
export function disputeMovements(dispute: Stripe.Dispute, invoiceOf: InvoiceOf): LedgerMovement[] {
  const paymentIntentId = idOf(dispute.payment_intent);
  const invoiceId = (paymentIntentId && invoiceOf.get(paymentIntentId)) || null;
  const sum = sumOf(dispute.amount, dispute.currency);
  return dispute.balance_transactions.flatMap((entry) => {
    const about = { sourceId: dispute.id, paymentIntentId, invoiceId };
    return entry.amount < 0
      ? movement(entry, { ...about, kind: "dispute", sum: negate(sum) })
      : movement(entry, { ...about, kind: "dispute-won", sum });
  });
}

export const disputeOf = (dispute: Stripe.Dispute): LedgerDispute => ({
  id: dispute.id,
  paymentIntentId: idOf(dispute.payment_intent),
  status: dispute.status,
  reason: dispute.reason,
  sum: sumOf(dispute.amount, dispute.currency),
  createdAt: dateOf(dispute.created),
  dueBy: dateOrNull(dispute.evidence_details.due_by),
  submissions: dispute.evidence_details.submission_count,
});

export const warningOf = (warning: Stripe.Radar.EarlyFraudWarning): LedgerWarning => ({
  id: warning.id,
  paymentIntentId: idOf(warning.payment_intent),
  kind: warning.fraud_type,
  actionable: warning.actionable,
  createdAt: dateOf(warning.created),
});

export const creditNoteOf = (note: Stripe.CreditNote): LedgerCreditNote => ({
  id: note.id,
  invoiceId: idOf(note.invoice) ?? "",
  number: note.number,
  status: note.status === "void" ? "void" : "issued",
  sum: sumOf(note.total, note.currency),
  tax: taxOf(note.total_taxes, note.currency),
  paid: addAll(
    note.refunds.map(({ amount_refunded: back }) => sumOf(back, note.currency)),
    note.currency.toUpperCase(),
  ),
  createdAt: dateOf(note.created),
});

/** The card of a bill that still runs; else the customer's own. */
export function cardOf(customer: Stripe.Customer, subscriptions: readonly Stripe.Subscription[]): CardOnFile | null {
  const running = subscriptions.find((one) => !hasEnded(one));
  const method = running?.default_payment_method ?? customer.invoice_settings.default_payment_method;
  const card = typeof method === "object" ? method?.card : undefined;
  if (!card) return null;
  // Good to the end of its month: the first of the next one is over.
  return { label: cardLabel(card.brand, card.last4), endsAt: new Date(Date.UTC(card.exp_year, card.exp_month, 1)) };
}

/** The card that a subscription is charged on, by the vendor's id. */
export const cardIdOf = ({ default_payment_method: method }: Stripe.Subscription): string | null => idOf(method);

/** `visa` as the vendor writes it, `Visa` as people do. */
export const cardLabel = (brand: string | null | undefined, last4: string | null | undefined): string =>
  `${brand ? brand.charAt(0).toUpperCase() + brand.slice(1) : "Card"} ending ${last4}`;
