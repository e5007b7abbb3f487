import type { Order } from "@/lib/generated/prisma/client.ts";
import { linesOf, restOfName } from "./bill.ts";
import { lineOfKey } from "./ledger.ts";
import { moneyOf } from "./money.ts";
import { newestContract } from "./newest-return.ts";
import { type Quote, readQuote } from "./quote.ts";
import { type BillInvoice, type BillTables, type OrderBill, readBill } from "./read-bill.ts";
import { restOfYear } from "./rest-of-year.ts";
import { daysUsed } from "./withdraw-time.ts";
import { type Withdrawal, type WithdrawalLine, withdrawalOf } from "./withdrawal.ts";

/**
 * What withdrawing at that moment comes to, from the bill's first invoice and those before it: the same before and after it was
 * carried out, whatever was drawn since. Before there is a copy of it, from what was agreed.
 */
export async function readWithdrawal(db: BillTables, order: Order, at: Date): Promise<Withdrawal> {
  const [quote, bill] = [readQuote(order), await readBill(db, order.id)];
  const contract = await newestContract(db, order);
  const first = bill.standing.find(
    ({ reason, subscriptionId }) => reason === "subscription_create" && subscriptionId === bill.subscription?.id,
  );
  return withdrawalOf(first ? paidLines(first) : agreedLines(quote), {
    period: quote.period,
    days: daysUsed(contract?.paidAt ?? order.paidAt ?? at, at),
    owed: owedOn(quote, bill, first, at),
  });
}

const agreedLines = (quote: Quote): WithdrawalLine[] => linesOf(quote).map((line) => ({ ...line, label: "" }));

const paidLines = ({ lines, currency }: BillInvoice): WithdrawalLine[] =>
  lines.map(({ what, label, minor }) => ({ what: lineOfKey(what), label, sum: moneyOf(minor, currency) }));

/** Of a year that is paid at once nothing is left. */
const owedOn = (quote: Quote, bill: OrderBill, first: BillInvoice | undefined, at: Date) =>
  first
    ? restOfYear(quote, { ...bill, standing: bill.standing.filter((one) => one.createdAt <= first.createdAt) }, at)
    : restOfName(quote, 1);
