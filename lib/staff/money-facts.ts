import { restOfName } from "@/lib/billing/bill.ts";
import { addAll, type Money, moneyOf } from "@/lib/billing/money.ts";
import type { Contract } from "@/lib/billing/newest-return.ts";
import { nextBill } from "@/lib/billing/next-bill.ts";
import { quoteShape } from "@/lib/billing/quote.ts";
import type { Period } from "@/lib/billing/read-price-book.ts";
import { withdrawDays } from "@/lib/billing/withdraw-time.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Order, Refund } from "@/lib/generated/prisma/client.ts";

/** What an order cost, as far as our own tables know. Times are ISO. */
export interface MoneyFacts {
  /** What each bill comes to. */
  readonly bill: { readonly sum: Money; readonly period: Period } | null;
  readonly paid: Money | null;
  readonly refunded: Money | null;
  readonly next: string | null;
  readonly owedOnName: Money | null;
  readonly withdrawBy: string | null;
  readonly receipt: string | null;
  readonly card: string | null;
  readonly elevatedRisk: boolean;
  readonly customerId: string | null;
  readonly refunds: readonly (Money & {
    readonly state: string;
    readonly cause: string;
    readonly detail: string | null;
  })[];
}

export function moneyFacts(
  order: Order & { refunds: Refund[] },
  contract: Pick<Contract, "paidAt"> | undefined,
  now: Date,
): MoneyFacts {
  const quote = quoteShape.safeParse(order.quote);
  const currency = order.paidCurrency ?? (quote.success ? quote.data.currency : "");
  const paid = order.paidMinor === null ? null : moneyOf(order.paidMinor, currency);
  const bill = order.paidAt && quote.success ? nextBill(order.paidAt, quote.data, now) : undefined;
  const done = order.refunds.filter((refund) => refund.state === "done");
  // A home that costs nothing has no bill.
  const runs = order.state === "paid" && order.paidMinor !== 0;
  return {
    bill: quote.success ? { sum: quote.data.total, period: quote.data.period } : null,
    paid,
    refunded: paid && addAll(done.map(sumOf), currency),
    next: runs && bill ? bill.at.toISOString() : null,
    // Known while one part is paid; later payments are not in our tables yet.
    owedOnName: runs && bill?.second && quote.success ? restOfName(quote.data, 1) : null,
    withdrawBy: contract ? daysAfter(contract.paidAt, withdrawDays).toISOString() : null,
    receipt: order.receiptNumber,
    card: order.cardLabel,
    elevatedRisk: order.cardRisk === "elevated",
    customerId: order.stripeCustomerId,
    refunds: order.refunds.map((refund) => {
      const { state, cause, detail } = refund;
      return { ...sumOf(refund), state, cause, detail };
    }),
  };
}

const sumOf = ({ minor, currency }: Refund): Money => moneyOf(minor, currency);
