import type Stripe from "stripe";
import { type Money, minorOf } from "@/lib/billing/money.ts";
import { idOf } from "./checkout-desk.ts";
import { ask } from "./client.ts";

/** A credit note whose sum the vendor keeps for the customer's next invoice, where it pays first. Found again by its cause. */
export async function creditNextBill(stripe: Stripe, intent: string, sum: Money, cause: string): Promise<void> {
  const payments = await ask("invoice_payments.list", () =>
    stripe.invoicePayments.list({ payment: { type: "payment_intent", payment_intent: intent } }),
  );
  const invoice = idOf(payments.data[0]?.invoice);
  if (!invoice) throw new Error(`Payment ${intent} paid no invoice`);
  const notes = await ask("creditNotes.list", () => stripe.creditNotes.list({ invoice, limit: 100 }));
  if (notes.data.some(({ metadata }) => metadata?.["cause"] === cause)) return;
  const amount = minorOf(sum);
  await ask("creditNotes.create", () =>
    stripe.creditNotes.create(
      { invoice, amount, credit_amount: amount, metadata: { cause } },
      { idempotencyKey: `credit-${cause}` },
    ),
  );
}
