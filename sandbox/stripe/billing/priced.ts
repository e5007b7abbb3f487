import type { Coupon } from "../objects/coupon.ts";
import { type Invoice, linesOf } from "../objects/invoice.ts";
import type { InvoiceLine } from "../objects/invoice-line.ts";
import type { Work } from "../state/work.ts";
import { couponOf } from "./coupons.ts";
import { takenOff } from "./discounts.ts";
import { leastCharge } from "./money.ts";

/** The invoice with these lines, and everything that follows from them and from its discounts. */
export function priced(work: Work, invoice: Invoice, given: readonly InvoiceLine[]): Invoice {
  const lines = discounted(work, invoice, given);
  const subtotal = sumOf(lines);
  const total_discount_amounts = invoice.discounts.map((discount) => ({
    amount: lines
      .flatMap(({ discount_amounts: off }) => off)
      .reduce((sum, one) => sum + (one.discount === discount ? one.amount : 0), 0),
    discount,
  }));
  const total = subtotal - sumOf(total_discount_amounts);
  const { amount_due } = settled(total, invoice.starting_balance, invoice.currency);
  return {
    ...invoice,
    amount_due,
    amount_remaining: amount_due,
    lines: linesOf(invoice.id, lines),
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_discount_amounts,
    total_excluding_tax: total,
    total_pretax_credit_amounts: total_discount_amounts.map((one) => ({ ...one, type: "discount" as const })),
  };
}

export const sumOf = (things: readonly { readonly amount: number }[]): number =>
  things.reduce((sum, { amount }) => sum + amount, 0);

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
