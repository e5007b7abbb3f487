import { keyOfLine } from "@/lib/billing/ledger.ts";
import { addAll, isZero, type Money, moneyOf } from "@/lib/billing/money.ts";
import type { BillInvoice } from "@/lib/billing/read-bill.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";

/** A bill that was drawn. Times are ISO. */
export interface PastBill {
  readonly id: string;
  readonly at: string;
  readonly sum: Money;
  /** What came back of it. */
  readonly back: Money | null;
  /** What coupons took off: the sum is without it. */
  readonly off: Money | null;
  readonly number: string | null;
  readonly pdfUrl: string | null;
  readonly what: "first" | "again" | "usual" | "home" | "change" | "last" | "other";
  readonly unpaid: boolean;
}

const whats: Readonly<Record<string, PastBill["what"]>> = {
  subscription_create: "first",
  subscription_cycle: "usual",
  subscription_update: "change",
};

/** `first` says whether it is the oldest of all. */
export function pastBill(invoice: BillInvoice, first: boolean): PastBill {
  const sums = invoice.creditNotes
    .filter(({ status }) => status === "issued")
    .map(({ minor, currency }) => moneyOf(minor, currency));
  const back = addAll(sums, invoice.currency);
  const last = invoice.lines.some(({ what }) => what === keyOfLine("rest-of-name"));
  return {
    id: invoice.id,
    at: (invoice.paidAt ?? invoice.createdAt).toISOString(),
    sum: moneyOf(invoice.totalMinor, invoice.currency),
    back: isZero(back) ? null : back,
    off: invoice.offMinor === 0 ? null : moneyOf(invoice.offMinor, invoice.currency),
    number: invoice.number,
    pdfUrl: invoice.pdfUrl,
    what: last ? "last" : whatOf(invoice, first),
    unpaid: invoice.status === "open" || invoice.status === "uncollectible",
  };
}

function whatOf({ reason, lines }: BillInvoice, first: boolean): PastBill["what"] {
  const what = whats[reason] ?? "other";
  if (what === "first" && !first) return "again";
  // Whoever came back has months with nothing of the name on their bill.
  const named = lines.some((line) => line.what === keyOfLine("name") && line.minor + line.offMinor !== 0);
  return what === "usual" && !named ? "home" : what;
}

/** Before the first copy is made. */
export function firstBill({ paidAt, paidMinor, paidCurrency, receiptNumber, number }: Order): PastBill[] {
  if (!paidAt || !paidMinor || !paidCurrency) return [];
  const sum = moneyOf(paidMinor, paidCurrency);
  const first = { id: "first", at: paidAt.toISOString(), sum, back: null, off: null, pdfUrl: null } as const;
  return [{ ...first, number: receiptNumber ?? `NP-${number}`, what: "first", unpaid: false }];
}
