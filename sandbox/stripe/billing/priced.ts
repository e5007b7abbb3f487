import type { Coupon } from "../objects/coupon.ts";
import { type Invoice, linesOf, taxedBy } from "../objects/invoice.ts";
import type { InvoiceLine } from "../objects/invoice-line.ts";
import type { Tax } from "../objects/tax-rate.ts";
import type { Work } from "../state/work.ts";
import { couponOf } from "./coupons.ts";
import { takenOff } from "./discounts.ts";
import { leastCharge } from "./money.ts";
import { behaviorOf, taxOf, totalTaxes } from "./tax.ts";

/** The invoice with these lines, and everything that follows from them, from its discounts and from where its customer is. */
export function priced(work: Work, invoice: Invoice, given: readonly InvoiceLine[]): Invoice {
  const lines = discounted(work, invoice, given).map((line) => ({ ...line, taxes: taxesOf(work, invoice, line) }));
  const subtotal = sumOf(lines);
  const discounts = discountTotals(invoice, lines);
  const taxes = lines.flatMap((line) => line.taxes);
  const total = subtotal - sumOf(discounts) + sumOf(taxes.filter(onTop));
  const { amount_due } = settled(total, invoice.starting_balance, invoice.currency);
  const before = lines.flatMap((line) => taxesOf(work, invoice, { ...line, discount_amounts: [] }));
  const { enabled } = invoice.automatic_tax;
  return {
    ...invoice,
    amount_due,
    amount_remaining: amount_due,
    automatic_tax: taxedBy(enabled, !enabled || countryOf(invoice) !== null),
    lines: linesOf(invoice.id, lines),
    subtotal,
    subtotal_excluding_tax: subtotal - sumOf(before.filter((tax) => !onTop(tax))),
    total,
    total_discount_amounts: discounts,
    total_excluding_tax: total - sumOf(taxes),
    total_pretax_credit_amounts: discounts.map((one) => ({ ...one, type: "discount" as const })),
    total_taxes: totalTaxes(taxes),
  };
}

export const sumOf = (things: readonly { readonly amount: number }[]): number =>
  things.reduce((sum, { amount }) => sum + amount, 0);

const onTop = ({ tax_behavior: behavior }: Tax): boolean => behavior === "exclusive";

export const countryOf = ({ customer_address: address }: Pick<Invoice, "customer_address">): string | null =>
  address?.country ?? null;

/** What of a line is tax: nothing where it is not asked for, or nobody knows where the customer is. */
function taxesOf(work: Work, invoice: Invoice, line: InvoiceLine): Tax[] {
  const country = countryOf(invoice);
  if (!invoice.automatic_tax.enabled || country === null) return [];
  const price = work.find("price", line.pricing?.price_details.price ?? null);
  return [taxOf(work, line.amount - sumOf(line.discount_amounts), country, behaviorOf(price?.tax_behavior))];
}

const discountTotals = ({ discounts }: Invoice, lines: readonly InvoiceLine[]) =>
  discounts.map((discount) => ({
    amount: sumOf(lines.flatMap((line) => line.discount_amounts.filter((one) => one.discount === discount))),
    discount,
  }));

/** The lines with what the invoice's discounts take off each. */
function discounted(work: Work, { discounts, currency }: Invoice, lines: readonly InvoiceLine[]): InvoiceLine[] {
  const coupons: Coupon[] = discounts.map((id) => couponOf(work, work.need("discount", id)));
  const rows = takenOff(
    lines.map(({ amount, discountable }) => (discountable ? amount : 0)),
    coupons,
    currency,
  );
  return lines.map((line, place) => {
    const off = rows
      .map((row, which) => ({ amount: row[place] ?? 0, discount: discounts[which] ?? "" }))
      .filter(({ amount }) => amount !== 0);
    const credits = off.map((one) => ({ ...one, type: "discount" as const }));
    return { ...line, discount_amounts: off, pretax_credit_amounts: credits };
  });
}

export interface Settled {
  readonly amount_due: number;
  readonly ending_balance: number;
}

/**
 * A total below zero becomes credit; credit is used up before a card is charged; and a sum below the least that a card
 * can be charged waits on the balance for the next invoice (docs.stripe.com/billing/customer/balance, from memory).
 */
export function settled(total: number, balance: number, currency: string): Settled {
  const owed = total + balance;
  if (owed < leastCharge(currency)) return { amount_due: 0, ending_balance: owed };
  return { amount_due: owed, ending_balance: 0 };
}
