import type Stripe from "stripe";
import { addAll, compare, type Money, minorOf, moneyOf, negate, zero } from "@/lib/billing/money.ts";
import { idOf } from "./checkout-desk.ts";
import { ask } from "./client.ts";
import { refundState } from "./refund-state.ts";

/** A credit note for what went back: without one the books say that the invoice still stands. */
export async function creditRefund(stripe: Stripe, intent: string, vendorId: string, sum: Money): Promise<void> {
  const payments = await ask("invoice_payments.list", () =>
    stripe.invoicePayments.list({ payment: { type: "payment_intent", payment_intent: intent } }),
  );
  const invoice = idOf(payments.data[0]?.invoice);
  if (!invoice) return; // paid for no invoice: there is nothing to take back
  const notes = await ask("creditNotes.list", () => stripe.creditNotes.list({ invoice, limit: 100 }));
  const taken = notes.data.flatMap(({ refunds }) => refunds);
  if (taken.some(({ refund }) => idOf(refund) === vendorId)) return;
  const refunds = await ask("refunds.list", () => stripe.refunds.list({ payment_intent: intent, limit: 100 }));
  const left = notTakenBack(refunds.data, taken, sum);
  if (compare(left, zero(sum.currency)) <= 0) return;
  const amount = minorOf(compare(left, sum) < 0 ? left : sum);
  await ask("creditNotes.create", () =>
    stripe.creditNotes.create(
      { invoice, amount, refunds: [{ refund: vendorId, amount_refunded: amount }] },
      { idempotencyKey: `credit-${vendorId}` },
    ),
  );
}

/** Of what went back, what the books do not say yet: a refund that a bank gave back and a person began anew has its note. */
const notTakenBack = (
  refunds: readonly Stripe.Refund[],
  taken: readonly Stripe.CreditNote.Refund[],
  { currency }: Money,
): Money =>
  addAll(
    [
      ...refunds
        .filter(({ status }) => refundState(status) !== "failed")
        .map(({ amount }) => moneyOf(amount, currency)),
      ...taken.map(({ amount_refunded: amount }) => negate(moneyOf(amount, currency))),
    ],
    currency,
  );
