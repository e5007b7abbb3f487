import type { DiscountAmount, DiscountCredit } from "./invoice-line.ts";
import { type Born, listOf, type Metadata, type StripeList } from "./shared.ts";
import type { Tax } from "./tax-rate.ts";

export type CreditNoteReason = "duplicate" | "fraudulent" | "order_change" | "product_unsatisfactory";

interface LineGiven {
  readonly id: string;
  readonly amount: number;
  readonly description: string;
  /** Null for a line of the note's own. */
  readonly invoiceLine: string | null;
  readonly quantity: number | null;
  readonly discounts: readonly DiscountAmount[];
  readonly taxes: readonly Tax[];
  readonly metadata: Metadata;
}

export type CreditNoteLine = ReturnType<typeof newCreditNoteLine>;
export const newCreditNoteLine = (given: LineGiven) => ({
  id: given.id,
  object: "credit_note_line_item" as const,
  amount: given.amount,
  description: given.description,
  discount_amount: given.discounts.reduce((sum, { amount }) => sum + amount, 0),
  discount_amounts: [...given.discounts],
  ...(given.invoiceLine === null ? {} : { invoice_line_item: given.invoiceLine }),
  livemode: false,
  metadata: given.metadata,
  pretax_credit_amounts: given.discounts.map((one): DiscountCredit => ({ ...one, type: "discount" })),
  quantity: given.quantity,
  tax_rates: [],
  taxes: [...given.taxes],
  type: given.invoiceLine === null ? ("custom_line_item" as const) : ("invoice_line_item" as const),
  unit_amount: given.amount,
  unit_amount_decimal: String(given.amount),
});

interface Given {
  readonly invoice: string;
  readonly customer: string;
  readonly currency: string;
  readonly number: string;
  readonly pdf: string;
  readonly lines: readonly CreditNoteLine[];
  readonly totalTaxes: readonly Tax[];
  /** Of the total: what the invoice still asked for, and what had been paid. */
  readonly prePayment: number;
  readonly postPayment: number;
  readonly outOfBand: number;
  readonly reason: CreditNoteReason | null;
  readonly memo: string | null;
  readonly metadata: Metadata;
}

interface NoteRefund {
  readonly amount_refunded: number;
  readonly payment_record_refund: null;
  readonly refund: string;
  readonly type: "refund";
}

export type CreditNote = ReturnType<typeof newCreditNote>;
export const newCreditNote = ({ id, created }: Born, given: Given) => {
  const { subtotal, off, onTop, taxes, total } = sumsOf(given);
  return {
    id,
    object: "credit_note" as const,
    amount: total,
    amount_shipping: 0,
    created,
    currency: given.currency,
    customer: given.customer,
    customer_account: null,
    customer_balance_transaction: null as string | null,
    discount_amount: off,
    discount_amounts: given.lines.flatMap((line) => line.discount_amounts),
    effective_at: created as number | null,
    invoice: given.invoice,
    lines: listOf(`/v1/credit_notes/${id}/lines`, given.lines) as StripeList<CreditNoteLine>,
    livemode: false,
    memo: given.memo,
    metadata: given.metadata,
    number: given.number,
    out_of_band_amount: given.outOfBand === 0 ? null : given.outOfBand,
    pdf: given.pdf,
    post_payment_amount: given.postPayment,
    pre_payment_amount: given.prePayment,
    pretax_credit_amounts: given.lines.flatMap((line) => line.pretax_credit_amounts),
    reason: given.reason,
    refunds: [] as NoteRefund[],
    shipping_cost: null,
    status: "issued" as "issued" | "void",
    subtotal,
    subtotal_excluding_tax: subtotal - (taxes - onTop),
    total,
    total_excluding_tax: total - taxes,
    total_taxes: [...given.totalTaxes],
    type: typeOf(given),
    voided_at: null as number | null,
  };
};

function sumsOf({ lines, totalTaxes }: Given) {
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const off = lines.reduce((sum, line) => sum + line.discount_amount, 0);
  const taxes = totalTaxes.reduce((sum, tax) => sum + tax.amount, 0);
  const onTop = totalTaxes.reduce((sum, tax) => sum + (tax.tax_behavior === "exclusive" ? tax.amount : 0), 0);
  return { subtotal, off, onTop, taxes, total: subtotal - off + onTop };
}

function typeOf({ prePayment, postPayment }: Given): "mixed" | "post_payment" | "pre_payment" {
  if (prePayment > 0 && postPayment > 0) return "mixed";
  return prePayment > 0 ? "pre_payment" : "post_payment";
}
