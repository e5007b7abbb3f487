import type { Charge } from "../objects/charge.ts";
import { type CreditNote, type CreditNoteLine, type CreditNoteReason, newCreditNote } from "../objects/credit-note.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { Metadata } from "../objects/shared.ts";
import { invalid } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import { type Credit, creditLines } from "./credit-note-lines.ts";
import { changeBalance } from "./customer-balance.ts";
import { settle } from "./pay-invoice.ts";
import { refundCharge } from "./refunds.ts";
import { totalTaxes } from "./tax.ts";

export interface Wanted {
  readonly amount?: number | undefined;
  readonly lines?: readonly Credit[] | undefined;
  readonly credit_amount?: number | undefined;
  readonly refund_amount?: number | undefined;
  readonly out_of_band_amount?: number | undefined;
  readonly refunds?: readonly { refund?: string | undefined; amount_refunded?: number | undefined }[] | undefined;
  readonly reason?: CreditNoteReason | undefined;
  readonly memo?: string | undefined;
  readonly metadata?: Metadata | null | undefined;
}

/** A credit note as it would be; nothing of the invoice or of anybody's money changes yet. */
export function drawNote(work: Work, invoice: Invoice, wanted: Wanted): CreditNote {
  if (invoice.status !== "open" && invoice.status !== "paid" && invoice.status !== "uncollectible")
    throw invalid(`Credit notes can be issued for open or paid invoices only, not for one that is ${invoice.status}.`, {
      param: "invoice",
    });
  const lines = creditLines(work, invoice, wanted);
  const born = work.born("cn");
  const total = totalOf(lines);
  mayCredit(work, invoice, total, wanted);
  const prePayment = Math.min(total, invoice.amount_remaining);
  const number = `${invoice.number}-CN-${String(notesOf(work, invoice).length + 1).padStart(2, "0")}`;
  return newCreditNote(born, {
    invoice: invoice.id,
    customer: invoice.customer ?? "",
    currency: invoice.currency,
    number,
    pdf: `${work.publicUrl}/i/${invoice.id}/pdf`,
    lines,
    totalTaxes: totalTaxes(lines.flatMap(({ taxes }) => taxes)),
    prePayment,
    postPayment: total - prePayment,
    outOfBand: wanted.out_of_band_amount ?? 0,
    reason: wanted.reason ?? null,
    memo: wanted.memo ?? null,
    metadata: wanted.metadata ?? {},
  });
}

const totalOf = (lines: readonly CreditNoteLine[]): number =>
  lines.reduce((sum, { amount, discount_amount: off, taxes }) => {
    const onTop = taxes.reduce((tax, one) => tax + (one.tax_behavior === "exclusive" ? one.amount : 0), 0);
    return sum + amount - off + onTop;
  }, 0);

const notesOf = (work: Work, { id }: Invoice): CreditNote[] =>
  work.all("credit_note").filter((note) => note.invoice === id);

/** All notes of an invoice, and what was refunded beside them, never exceed it. */
function mayCredit(work: Work, invoice: Invoice, total: number, { refunds = [] }: Wanted): void {
  if (total <= 0) throw invalid("A credit note must be for a sum above zero.", { param: "amount" });
  const notes = notesOf(work, invoice).filter(({ status }) => status === "issued");
  const linked = new Set([...refunds, ...notes.flatMap((note) => note.refunds)].map(({ refund }) => refund));
  const charge = chargeOf(work, invoice);
  const beside = work
    .all("refund")
    .filter((refund) => refund.charge === charge?.id && refund.status !== "failed" && !linked.has(refund.id));
  const gone = [...notes, ...beside].reduce((sum, { amount }) => sum + amount, 0);
  if (gone + total > Math.max(invoice.total, invoice.amount_paid))
    throw invalid(
      `The sum of credit amount, refund amount and out of band amount (${gone + total}) must not exceed the invoice's total (${invoice.total}).`,
      { param: "amount" },
    );
}

/** Issues the note, and does with the money what it says. */
export function issueNote(work: Work, invoice: Invoice, wanted: Wanted): CreditNote {
  const drawn = drawNote(work, invoice, wanted);
  const linked = (wanted.refunds ?? []).map(({ refund, amount_refunded }) => {
    const known = work.need("refund", refund ?? "", "refunds[0][refund]");
    return noteRefund(known.id, amount_refunded ?? known.amount);
  });
  const back = wanted.refund_amount ?? 0;
  const credit = wanted.credit_amount ?? 0;
  const parts =
    back + credit + (wanted.out_of_band_amount ?? 0) + linked.reduce((sum, one) => sum + one.amount_refunded, 0);
  if (parts !== drawn.post_payment_amount)
    throw invalid(
      `The sum of refunds, customer balance credits and outside of Stripe credits (${parts}) must equal the post_payment_amount (${drawn.post_payment_amount}).`,
      { param: "refund_amount" },
    );
  const refunds = back > 0 ? [...linked, noteRefund(refundOf(work, invoice, back), back)] : linked;
  const credited = credit > 0 ? creditCustomer(work, invoice, drawn, credit) : null;
  const note: CreditNote = { ...drawn, refunds, customer_balance_transaction: credited };
  work.tell("credit_note.created", note);
  applyTo(work, invoice, note, 1);
  return note;
}

const noteRefund = (refund: string, amount_refunded: number) => ({
  amount_refunded,
  payment_record_refund: null,
  refund,
  type: "refund" as const,
});

function refundOf(work: Work, invoice: Invoice, amount: number): string {
  const charge = chargeOf(work, invoice);
  if (!charge) throw invalid("There is no charge on this invoice to refund.", { param: "refund_amount" });
  return refundCharge(work, charge, { amount, reason: null, metadata: {} }).id;
}

function chargeOf(work: Work, { id }: Invoice): Charge | undefined {
  const payment = work.all("invoice_payment").find((one) => one.invoice === id && one.status === "paid");
  const intent = work.find("payment_intent", payment?.payment.payment_intent ?? null);
  return work.find("charge", intent?.latest_charge ?? null);
}

function creditCustomer(work: Work, { customer, currency, id }: Invoice, note: CreditNote, credit: number): string {
  const change = { amount: -credit, currency, invoice: id, creditNote: note.id, type: "credit_note" as const };
  return changeBalance(work, work.need("customer", customer ?? ""), change).id;
}

/** The invoice counts its notes; one that is open asks for less, and is paid when nothing is left. `sign` is -1 when a note is voided. */
function applyTo(work: Work, before: Invoice, note: CreditNote, sign: -1 | 1): void {
  const pre = sign * note.pre_payment_amount;
  const after: Invoice = {
    ...work.need("invoice", before.id),
    amount_due: before.amount_due - pre,
    amount_remaining: before.amount_remaining - pre,
    pre_payment_credit_notes_amount: before.pre_payment_credit_notes_amount + pre,
    post_payment_credit_notes_amount: before.post_payment_credit_notes_amount + sign * note.post_payment_amount,
  };
  const { amount_remaining, pre_payment_credit_notes_amount, post_payment_credit_notes_amount } = before;
  const previous = { amount_remaining, pre_payment_credit_notes_amount, post_payment_credit_notes_amount };
  work.tell("invoice.updated", after, { previous });
  if (after.status === "open" && after.amount_remaining === 0) settle(work, after, null);
}

/** Only what was not paid yet can be asked for again. */
export function voidNote(work: Work, note: CreditNote): CreditNote {
  const invoice = work.need("invoice", note.invoice);
  if (note.status === "void" || invoice.status !== "open" || note.post_payment_amount > 0)
    throw invalid("Only credit notes of open invoices can be voided.", { code: "status_transition_invalid" });
  const voided = work.tell("credit_note.voided", { ...note, status: "void" as const, voided_at: work.now });
  applyTo(work, invoice, note, -1);
  return voided;
}
