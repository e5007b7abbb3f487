import type { Invoice } from "../objects/invoice.ts";
import { invalid } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import { changeBalance } from "./customer-balance.ts";
import { settleVoid } from "./pay-invoice.ts";

const stopped = { auto_advance: false, next_payment_attempt: null };

/** The invoice was a mistake: nobody owes it. What the customer's credit had paid of it comes back. */
export function voidInvoice(work: Work, before: Invoice): Invoice {
  mustBe(before, ["open", "uncollectible"]);
  const used = (before.ending_balance ?? 0) - before.starting_balance;
  if (used !== 0) {
    const change = {
      amount: -used,
      currency: before.currency,
      invoice: before.id,
      type: "unapplied_from_invoice" as const,
    };
    changeBalance(work, work.need("customer", before.customer ?? ""), change);
  }
  cancelPayment(work, before);
  const status_transitions = { ...before.status_transitions, voided_at: work.now };
  const voided = work.tell("invoice.voided", { ...before, ...stopped, status: "void" as const, status_transitions });
  settleVoid(work, voided);
  return voided;
}

/** Nobody expects it to be paid any more; it still can be. */
export function markUncollectible(work: Work, before: Invoice): Invoice {
  mustBe(before, ["open"]);
  const status_transitions = { ...before.status_transitions, marked_uncollectible_at: work.now };
  const after = { ...before, ...stopped, status: "uncollectible" as const, status_transitions };
  return work.tell("invoice.marked_uncollectible", after);
}

function mustBe({ id, status }: Invoice, wanted: readonly Invoice["status"][]): void {
  if (wanted.includes(status)) return;
  throw invalid(`Invoice ${id} is ${status}; this can be done only while it is ${wanted.join(" or ")}.`, {
    code: "status_transition_invalid",
  });
}

function cancelPayment(work: Work, { id }: Invoice): void {
  for (const payment of work.all("invoice_payment")) {
    if (payment.invoice !== id || payment.status !== "open") continue;
    const intent = work.need("payment_intent", payment.payment.payment_intent);
    work.tell("payment_intent.canceled", {
      ...intent,
      canceled_at: work.now,
      cancellation_reason: "void_invoice",
      next_action: null,
      status: "canceled",
    });
    const status_transitions = { ...payment.status_transitions, canceled_at: work.now };
    work.keep("invoice_payment.canceled", { ...payment, status: "canceled", status_transitions });
  }
}
