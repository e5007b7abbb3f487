import type { Invoice } from "../objects/invoice.ts";
import { linesOf } from "../objects/invoice.ts";
import type { InvoiceLine } from "../objects/invoice-line.ts";
import { leastCharge } from "./money.ts";

/** The invoice with these lines, and every sum that follows from them. */
export function withLines(invoice: Invoice, lines: readonly InvoiceLine[]): Invoice {
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const total = subtotal;
  return {
    ...invoice,
    lines: linesOf(invoice.id, lines),
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: total,
    ...due(total, invoice.starting_balance, invoice.currency),
  };
}

/** What is left to pay with the customer's balance: below zero that is credit, above it a debt from invoices too small to charge. */
function due(total: number, balance: number, currency: string) {
  const { amount_due } = settled(total, balance, currency);
  return { amount_due, amount_remaining: amount_due };
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
