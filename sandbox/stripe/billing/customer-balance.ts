import type { Customer } from "../objects/customer.ts";
import {
  type CustomerBalanceTransaction,
  newCustomerBalanceTransaction,
} from "../objects/customer-balance-transaction.ts";
import type { Metadata } from "../objects/shared.ts";
import type { Work } from "../state/work.ts";

interface Change {
  readonly amount: number;
  readonly currency: string;
  readonly type: CustomerBalanceTransaction["type"];
  readonly invoice?: string;
  readonly creditNote?: string;
  readonly description?: string | null;
  readonly metadata?: Metadata;
}

/** Changes what a customer has in credit (below zero) or owes, and keeps why. */
export function changeBalance(work: Work, customer: Customer, change: Change): CustomerBalanceTransaction {
  const balance = customer.balance + change.amount;
  const after = { ...customer, balance, currency: customer.currency ?? change.currency };
  work.tell("customer.updated", after, { previous: { balance: customer.balance } });
  const transaction = newCustomerBalanceTransaction(work.born("cbtxn"), {
    amount: change.amount,
    currency: change.currency,
    customer: customer.id,
    description: change.description ?? null,
    endingBalance: balance,
    invoice: change.invoice ?? null,
    ...(change.creditNote === undefined ? {} : { creditNote: change.creditNote }),
    metadata: change.metadata ?? {},
    type: change.type,
  });
  return work.keep("customer_balance_transaction.created", transaction);
}
