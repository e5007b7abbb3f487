import type { Prisma } from "@/lib/generated/prisma/client.ts";
import { type CustomerLedger, keyOfLine, type LedgerInvoice, type LedgerSubscription } from "./ledger.ts";
import { minorOf } from "./money.ts";

/** A customer's ledger as the rows of our tables. */
export const copyOf = (customerId: string, { email, balance, card, payer, ...theirs }: CustomerLedger) => ({
  customer: {
    email,
    cardLabel: card?.label ?? null,
    cardEndsAt: card?.endsAt ?? null,
    payerChange: payer?.changeId ?? null,
    payerName: payer?.name ?? null,
    payerSince: payer?.since ?? null,
    balanceMinor: balance ? minorOf(balance) : 0,
    currency: balance?.currency ?? null,
  },
  subscriptions: theirs.subscriptions.map((one) => subscriptionRow(customerId, one)),
  invoices: theirs.invoices.map((one) => invoiceRow(customerId, one)),
  lines: theirs.invoices.flatMap(lineRows),
  creditNotes: theirs.creditNotes.map(({ sum, tax, paid, ...note }) => ({
    ...note,
    customerId,
    currency: sum.currency,
    minor: minorOf(sum),
    taxMinor: minorOf(tax),
    paidMinor: minorOf(paid),
  })),
  movements: theirs.movements.map(({ sum, balance: entry, fee, net, ...movement }) => ({
    ...movement,
    customerId,
    minor: minorOf(sum),
    currency: sum.currency,
    balanceMinor: minorOf(entry),
    feeMinor: minorOf(fee),
    netMinor: minorOf(net),
    balanceCurrency: entry.currency,
  })),
  disputes: theirs.disputes.map(({ sum, ...dispute }) => ({
    ...dispute,
    customerId,
    minor: minorOf(sum),
    currency: sum.currency,
  })),
  warnings: theirs.warnings.map((warning) => ({ ...warning, customerId })),
});

const subscriptionRow = (customerId: string, { lines, discounts, addOns, ...one }: LedgerSubscription) => ({
  ...one,
  customerId,
  addOns: addOns?.join() ?? null,
  discounts: discounts.map(({ sum, until, ...discount }) => ({
    ...discount,
    minor: sum && minorOf(sum),
    until: until?.toISOString() ?? null,
  })) satisfies Prisma.InputJsonValue,
  lines: lines.map(({ what, sum, ...line }) => ({
    ...line,
    what: keyOfLine(what),
    minor: minorOf(sum),
  })) satisfies Prisma.InputJsonValue,
});

const invoiceRow = (customerId: string, { lines: _, total, tax, paid, due, off, ...invoice }: LedgerInvoice) => ({
  ...invoice,
  customerId,
  currency: total.currency,
  totalMinor: minorOf(total),
  taxMinor: minorOf(tax),
  paidMinor: minorOf(paid),
  dueMinor: minorOf(due),
  offMinor: minorOf(off),
});

const lineRows = ({ id: invoiceId, lines }: LedgerInvoice) =>
  lines.map(({ what, sum, tax, off, from, until, ...line }, place) => ({
    ...line,
    invoiceId,
    place,
    what: keyOfLine(what),
    minor: minorOf(sum),
    taxMinor: minorOf(tax),
    offMinor: minorOf(off),
    fromAt: from,
    untilAt: until,
  }));
