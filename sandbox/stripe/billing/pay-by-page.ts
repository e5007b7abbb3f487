import type { Invoice } from "../objects/invoice.ts";
import type { PaymentIntent } from "../objects/payment-intent.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import type { Typed } from "../state/asides.ts";
import type { Work } from "../state/work.ts";
import { billingOf } from "./change-card.ts";
import { failedIntent } from "./charge-card.ts";
import { payInvoice, type Tried } from "./pay-invoice.ts";
import { type GivenCard, makeDefault, makeMethod } from "./payment-methods.ts";
import { refusalWords } from "./refusal-words.ts";

/** What came of it: paid, the bank asks, or why not in words for the payer. */
export type Paid =
  | { readonly state: "bank-asks" }
  | { readonly state: "paid" }
  | { readonly state: "refused"; readonly words: string };

/** The payer pays an open invoice on its page with a card they type. */
export function payByPage(work: Work, invoice: Invoice, typed: Typed, card: GivenCard): Paid {
  const method = makeMethod(work, card, billingOf(typed));
  return cameOf(work, method, payInvoice(work, invoice, method, { onSession: true, authenticated: false }));
}

/** The bank's answer for the card that waits on an invoice's page. */
export function invoiceConfirmed(work: Work, invoice: Invoice, intent: PaymentIntent, yes: boolean): Paid {
  const method = work.need("payment_method", intent.payment_method ?? "");
  if (yes) return cameOf(work, method, payInvoice(work, invoice, method, { onSession: true, authenticated: true }));
  const refusal = "authentication_failed";
  work.tell("payment_intent.payment_failed", failedIntent(intent, method, refusal, null));
  return { state: "refused", words: refusalWords[refusal].message };
}

/** A card that paid is kept and pays for what comes (from memory: Stripe makes it the subscription's default). */
function cameOf(work: Work, method: PaymentMethod, { error, charge, invoice, intent }: Tried): Paid {
  if (error !== null && charge === null && intent.status === "requires_action") return { state: "bank-asks" };
  if (error !== null) return { state: "refused", words: error.message };
  const customer = invoice.customer ?? "";
  if (method.customer === null) {
    work.tell("payment_method.attached", { ...method, customer });
    makeDefault(work, customer, method.id);
  }
  return { state: "paid" };
}

/** The payment of an invoice that waits for a bank's yes. */
export function waitingIntent(all: Pick<Work, "all" | "find">, { id }: Invoice): PaymentIntent | undefined {
  const payment = all.all("invoice_payment").find((one) => one.invoice === id && one.status === "open");
  const intent = all.find("payment_intent", payment?.payment.payment_intent ?? "");
  return intent?.status === "requires_action" ? intent : undefined;
}
