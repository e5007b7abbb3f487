import type Stripe from "stripe";
import { minorOf, moneyOf } from "@/lib/billing/money.ts";
import type { Cashier, Payment } from "@/lib/billing/ports.ts";
import { changePeriod, previewPeriod } from "./change-period.ts";
import { changeTerms, previewTerms } from "./change-terms.ts";
import { idOf, lookAtVisit, sells, visitOf } from "./checkout-desk.ts";
import { ask, askOrNothing } from "./client.ts";
import { creditNextBill } from "./credit-next-bill.ts";
import { creditRefund } from "./credit-refund.ts";
import { drawBill } from "./draw-bill.ts";
import { giveCoupon } from "./give-coupon.ts";
import { cardLabel } from "./ledger-money.ts";
import { dateOrNull, hasEnded } from "./ledger-nouns.ts";
import { givenCard, letGo, letPay } from "./let-pay.ts";
import { priceName } from "./price-name.ts";
import { refundState } from "./refund-state.ts";
import { sendEvidence } from "./send-evidence.ts";

/** The SDK wants a bound: a restored database may ask for days, at a hundred a page. */
const mostVisits = 10_000;

export function stripeCashier(stripe: Stripe, worksOutTax = false): Cashier {
  return {
    look: (sessionId) => lookAtVisit(stripe, sessionId),
    payment: (subscriptionId) => firstPayment(stripe, subscriptionId),
    async paidVisits(since) {
      const created = { gte: Math.floor(since.getTime() / 1000) };
      const sessions = await ask("checkout.sessions.list", () =>
        stripe.checkout.sessions
          .list({ created, status: "complete", limit: 100 })
          .autoPagingToArray({ limit: mostVisits }),
      );
      return sessions
        .filter(sells)
        .map(visitOf)
        .filter(({ state }) => state === "paid")
        .reverse();
    },
    async findRefund(paymentIntentId, refundId) {
      const list = await ask("refunds.list", () =>
        stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 }),
      );
      const ours = list.data.find((refund) => refund.metadata?.["refundId"] === refundId);
      return ours && { vendorId: ours.id, state: refundState(ours.status) };
    },
    async refund(paymentIntentId, sum, refundId) {
      await ask("refunds.create", () =>
        stripe.refunds.create(
          { payment_intent: paymentIntentId, amount: minorOf(sum), metadata: { refundId } },
          { idempotencyKey: `refund-${refundId}` },
        ),
      );
    },
    endLater: (subscriptionId, end) => endLater(stripe, subscriptionId, end),
    giveCoupon: (subscriptionId, gift) => giveCoupon(stripe, subscriptionId, gift),
    sendEvidence: (disputeId, evidence) => sendEvidence(stripe, disputeId, evidence),
    priceName: (change) => priceName(stripe, change),
    previewTerms: (terms) => previewTerms(stripe, terms),
    changeTerms: (terms) => changeTerms(stripe, terms),
    previewPeriod: (terms) => previewPeriod(stripe, terms),
    changePeriod: (terms) => changePeriod(stripe, terms),
    givenCard: (customerId, changeId) => givenCard(stripe, customerId, changeId),
    letPay: (payer) => letPay(stripe, payer),
    letGo: (customerId, changeId) => letGo(stripe, customerId, changeId),
    drawBill: (bill) => drawBill(stripe, bill, worksOutTax),
    creditNextBill: (paymentIntentId, part) => creditNextBill(stripe, paymentIntentId, part),
    creditRefund: (paymentIntentId, vendorId, sum) => creditRefund(stripe, paymentIntentId, vendorId, sum),
    async endSubscription(subscriptionId) {
      const subscription = await askOrNothing("subscriptions.retrieve", () =>
        stripe.subscriptions.retrieve(subscriptionId),
      );
      if (!subscription || hasEnded(subscription)) return;
      // The SDK asks again when an answer is lost, and is then told that there is nothing left to end.
      await askOrNothing("subscriptions.cancel", () => stripe.subscriptions.cancel(subscriptionId));
    },
  };
}

async function endLater(stripe: Stripe, id: string, end: boolean): Promise<{ endsAt: Date | null } | undefined> {
  const look = () => askOrNothing("subscriptions.retrieve", () => stripe.subscriptions.retrieve(id));
  const before = await look();
  if (!before || hasEnded(before)) return undefined;
  if (before.cancel_at_period_end === end) return { endsAt: dateOrNull(before.cancel_at) };
  const after = await askOrNothing("subscriptions.update", () =>
    stripe.subscriptions.update(id, { cancel_at_period_end: end, proration_behavior: "none" }),
  );
  return after && { endsAt: dateOrNull(after.cancel_at) };
}

/** The payment of a subscription's first invoice, with what we may know of the card. */
async function firstPayment(stripe: Stripe, subscriptionId: string): Promise<Payment | undefined> {
  const invoices = await ask("invoices.list", () => stripe.invoices.list({ subscription: subscriptionId, limit: 100 }));
  const first = invoices.data.find((invoice) => invoice.billing_reason === "subscription_create");
  if (!first?.id || first.status !== "paid") return undefined;
  const invoiceId = first.id;
  const payments = await ask("invoice_payments.list", () =>
    stripe.invoicePayments.list({ invoice: invoiceId, status: "paid" }),
  );
  const intentId = idOf(payments.data[0]?.payment.payment_intent);
  if (!intentId) return undefined;
  const intent = await ask("payment_intents.retrieve", () =>
    stripe.paymentIntents.retrieve(intentId, { expand: ["latest_charge"] }),
  );
  const charge = typeof intent.latest_charge === "object" ? intent.latest_charge : null;
  const card = charge?.payment_method_details?.card;
  return {
    paymentIntentId: intent.id,
    paid: moneyOf(intent.amount_received, intent.currency.toUpperCase()),
    receiptNumber: first.number ?? invoiceId,
    cardLabel: card ? cardLabel(card.brand, card.last4) : "your bank",
    cardFingerprint: card?.fingerprint ?? null,
    cardRisk:
      charge?.outcome?.risk_level &&
      charge.outcome.risk_level !== "normal" &&
      charge.outcome.risk_level !== "not_assessed"
        ? "elevated"
        : "normal",
  };
}
