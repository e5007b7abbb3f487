import type Stripe from "stripe";
import { add, addAll, compare, isZero, minorOf, moneyOf } from "@/lib/billing/money.ts";
import type { TakenBack } from "@/lib/billing/ports.ts";
import { Refused } from "@/lib/errors.ts";
import { idOf } from "./checkout-desk.ts";
import { ask } from "./client.ts";

/** A credit note whose sum the vendor keeps for the customer's next invoice, where it pays first. Found again by its cause. */
export async function creditNextBill(stripe: Stripe, intent: string, part: TakenBack): Promise<void> {
  const payments = await ask("invoice_payments.list", () =>
    stripe.invoicePayments.list({
      payment: { type: "payment_intent", payment_intent: intent },
      expand: ["data.invoice"],
    }),
  );
  const invoice = payments.data[0]?.invoice as Stripe.Invoice | undefined;
  if (!invoice?.id) throw new Error(`Payment ${intent} paid no invoice`);
  const id = invoice.id;
  const notes = await ask("creditNotes.list", () => stripe.creditNotes.list({ invoice: id, limit: 100 }));
  if (notes.data.some(({ metadata }) => metadata?.["cause"] === part.cause)) return;
  await leavesEnough(stripe, intent, invoice, notes.data, part);
  if (isZero(part.sum)) return;
  const amount = minorOf(part.sum);
  await ask("creditNotes.create", () =>
    stripe.creditNotes.create(
      { invoice: id, amount, credit_amount: amount, metadata: { cause: part.cause } },
      { idempotencyKey: `credit-${part.cause}` },
    ),
  );
}

/** What a person gave back by hand is not given back again: then a person has to say what is right. */
async function leavesEnough(
  stripe: Stripe,
  intent: string,
  { total }: Stripe.Invoice,
  notes: readonly Stripe.CreditNote[],
  { sum, refund }: TakenBack,
): Promise<void> {
  const refunds = await ask("refunds.list", () => stripe.refunds.list({ payment_intent: intent, limit: 100 }));
  const ours = refunds.data.filter(({ metadata }) => metadata?.["refundId"]?.startsWith(refund.id));
  const isOurs = (note: Stripe.CreditNote): boolean =>
    note.refunds.some((linked) => ours.some(({ id }) => id === idOf(linked.refund)));
  const { currency } = sum;
  const others = notes
    .filter((note) => note.status === "issued" && !isOurs(note))
    .map((note) => moneyOf(note.total, currency));
  const wanted = addAll([add(sum, refund.sum), ...others], currency);
  if (compare(wanted, moneyOf(total, currency)) > 0)
    throw new Refused("Something of its invoice was given back already", {
      vendor: "Stripe",
      call: "creditNotes.create",
    });
}
