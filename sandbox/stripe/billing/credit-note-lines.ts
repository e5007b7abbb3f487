import { type CreditNoteLine, newCreditNoteLine } from "../objects/credit-note.ts";
import type { Invoice } from "../objects/invoice.ts";
import type { InvoiceLine } from "../objects/invoice-line.ts";
import type { Metadata } from "../objects/shared.ts";
import { invalid, parameterMissing } from "../protocol/errors.ts";
import type { Work } from "../state/work.ts";
import { share } from "./money.ts";
import { countryOf } from "./priced.ts";
import { taxOf } from "./tax.ts";

/** One line to credit: a line of the invoice, whole or in part, or one of the note's own. */
export interface Credit {
  readonly type: "custom_line_item" | "invoice_line_item";
  readonly invoice_line_item?: string | undefined;
  readonly amount?: number | undefined;
  readonly description?: string | undefined;
  readonly quantity?: number | undefined;
  readonly unit_amount?: number | undefined;
  readonly metadata?: Metadata | null | undefined;
}

/** The lines of a credit note. A sum without lines becomes one line of the note's own. */
export function creditLines(
  work: Work,
  invoice: Invoice,
  { amount, lines }: { readonly amount?: number | undefined; readonly lines?: readonly Credit[] | undefined },
): CreditNoteLine[] {
  if ((amount === undefined) === (lines === undefined))
    throw invalid("You must provide either `amount` or `lines`.", { param: "amount" });
  if (amount !== undefined)
    return [ownLine(work, invoice, { amount, quantity: null, description: "Credit", metadata: {} })];
  return (lines ?? []).map((one, place) => {
    if (one.type === "invoice_line_item") return ofLine(work, invoice, one, `lines[${place}]`);
    if (one.unit_amount === undefined) throw parameterMissing(`lines[${place}][unit_amount]`);
    const { quantity = 1, description = "Credit", metadata } = one;
    return ownLine(work, invoice, {
      amount: one.unit_amount * quantity,
      quantity,
      description,
      metadata: metadata ?? {},
    });
  });
}

interface Own {
  readonly amount: number;
  readonly quantity: number | null;
  readonly description: string;
  readonly metadata: Metadata;
}

function ownLine(work: Work, invoice: Invoice, own: Own): CreditNoteLine {
  const country = countryOf(invoice);
  const taxed = invoice.automatic_tax.enabled && country !== null;
  const taxes = taxed ? [taxOf(work, own.amount, country, "inclusive")] : [];
  return newCreditNoteLine({ ...own, id: work.id("cnli"), invoiceLine: null, discounts: [], taxes });
}

function ofLine(work: Work, invoice: Invoice, one: Credit, at: string): CreditNoteLine {
  const line = invoice.lines.data.find(({ id }) => id === one.invoice_line_item);
  if (!line)
    throw invalid(`No such invoice line item: '${one.invoice_line_item}'`, {
      code: "resource_missing",
      param: `${at}[invoice_line_item]`,
    });
  const amount = one.amount ?? share(line.amount, one.quantity ?? line.quantity, line.quantity);
  const part = (minor: number) => share(minor, amount, line.amount);
  return newCreditNoteLine({
    id: work.id("cnli"),
    amount,
    description: one.description ?? line.description,
    invoiceLine: line.id,
    quantity: one.amount === undefined ? (one.quantity ?? line.quantity) : null,
    discounts: line.discount_amounts.map(({ amount: off, discount }) => ({ amount: part(off), discount })),
    taxes: taxesOf(line, part),
    metadata: one.metadata ?? {},
  });
}

const taxesOf = ({ taxes }: InvoiceLine, part: (minor: number) => number) =>
  taxes.map((tax) => ({ ...tax, amount: part(tax.amount), taxable_amount: part(tax.taxable_amount) }));
