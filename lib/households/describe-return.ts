import { keyOfLine } from "@/lib/billing/ledger.ts";
import { add, atLeastZero, type Money, moneyOf, negate } from "@/lib/billing/money.ts";
import { monthsAfter } from "@/lib/billing/next-bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { type BillInvoice, readBill } from "@/lib/billing/read-bill.ts";
import type { Period, PriceBook } from "@/lib/billing/read-price-book.ts";
import { isReturnFree, type ReturnBill, returnBill } from "@/lib/billing/return-bill.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";
import { type WhyNotReturn, whyNotReturn } from "./why-not-return.ts";

/** What opening a home again comes to, for whoever's bill has ended. */
export interface ReturnView {
  readonly orderId: string;
  readonly name: string;
  readonly people: number;
  readonly whyNot: WhyNotReturn | null;
  /** The last bill, while it is not charged yet, and where it can be paid at once. */
  readonly lastBill: { readonly sum: Money; readonly payUrl: string } | null;
  /** Null where nothing can be said: the price book sells it no more. */
  readonly offer: ReturnOffer | null;
  /** Where they can pay by the other period: each bill of it. */
  readonly other: { readonly period: Period; readonly total: Money } | null;
  /** A payment page of theirs is open, or was paid a moment ago, or was to be paid by a code that takes all of it. */
  readonly paying: "open" | "seen" | "turned-away" | null;
}

export interface ReturnOffer extends ReturnBill {
  readonly free: boolean;
  /** What the payment vendor holds for them pays first: so much of the first bill. */
  readonly held: Money;
  /** What an earlier bill was too small to charge comes with it. */
  readonly carried: Money;
  readonly today: Money;
  readonly next: Date;
  /** What is asked for then, with the name's next year where that has begun. */
  readonly nextSum: Money;
  /** Names these sums: a button pressed beside other ones changes nothing. */
  readonly seen: string;
}

export async function describeReturn(
  world: World,
  who: Member,
  period?: Period,
  book: PriceBook = prices(),
): Promise<ReturnView> {
  const { db, clock } = world;
  const tenant = await billOf(world, who);
  const [order, heads, bill, visit] = await Promise.all([
    db.order.findUniqueOrThrow({ where: { id: tenant.orderId } }),
    db.person.count({ where: { tenantId: tenant.id, ...livesThere } }),
    readBill(db, tenant.orderId),
    db.checkout.findFirst({ where: { orderId: tenant.orderId, purpose: "return" }, orderBy: { try: "desc" } }),
  ]);
  const last = bill.invoices.find(isLastBill);
  const [quote, now] = [readQuote(order), clock.now()];
  const by = (wanted?: Period) => returnBill(quote, bill, { name: tenant.name, heads, now, period: wanted }, book);
  const offer = by(period);
  const other = offer && by(offer.quote.period === "year" ? "month" : "year");
  const differs = other && other.quote.period !== offer.quote.period;
  return {
    ...{ orderId: order.id, name: tenant.name, people: heads },
    whyNot: (await whyNotReturn(db, tenant, order, bill, now)) ?? (offer ? null : "lost"),
    lastBill: last?.pageUrl ? { sum: moneyOf(last.dueMinor, last.currency), payUrl: last.pageUrl } : null,
    offer: offer ? offerOf(offer, bill.subscription?.customer.balanceMinor ?? 0, now) : null,
    other: differs ? { period: other.quote.period, total: other.total } : null,
    paying: payingStates.find((state) => state === visit?.state) ?? null,
  };
}

const payingStates = ["open", "seen", "turned-away"] as const;

const isLastBill = ({ status, dueMinor, lines }: BillInvoice): boolean =>
  status === "open" && dueMinor > 0 && lines.some(({ what }) => what === keyOfLine("rest-of-name"));

/** The sums as whoever presses the button has seen them. */
export function offerOf(bill: ReturnBill, balanceMinor: number, now: Date): ReturnOffer {
  const { total, quote, namePaidUntil, withName } = bill;
  const next = monthsAfter(now, quote.period === "year" ? 12 : 1);
  const today = atLeastZero(add(total, moneyOf(balanceMinor, total.currency)));
  return {
    ...{ ...bill, today, free: isReturnFree(bill) },
    held: atLeastZero(add(total, negate(today))),
    carried: atLeastZero(add(today, negate(total))),
    next,
    nextSum: namePaidUntil && next >= namePaidUntil ? withName : total,
    seen: seenOf(bill),
  };
}

const seenOf = ({ quote, lines, nameYear }: ReturnBill): string =>
  JSON.stringify([quote.period, quote.plan, lines.map(({ sum }) => sum), nameYear]);
