import { addOnCalled } from "@/lib/billing/add-on-called.ts";
import { linesOf } from "@/lib/billing/bill.ts";
import { add, isZero, moneyOf, negate } from "@/lib/billing/money.ts";
import { prices } from "@/lib/billing/prices.ts";
import { type Quote, readQuote } from "@/lib/billing/quote.ts";
import { withdrawDays } from "@/lib/billing/withdraw-time.ts";
import { daysAfter, secondsAfter } from "@/lib/clock.ts";
import { patienceSeconds } from "@/lib/orders/refund-forgotten-orders.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

export async function orderLetter(
  tools: LetterTools,
  kind: "receipt" | "delayed" | "name-lost",
  orderId: string,
): Promise<Filling | undefined> {
  const { db, webUrl, money, day, time } = tools;
  const order = await db.order.findUnique({ where: { id: orderId } });
  if (!order?.paidAt || order.paidMinor === null) return undefined;
  const quote = readQuote(order);
  return {
    // Nothing goes back, and nothing is charged, where nothing was paid.
    ...(kind !== "receipt" && order.paidMinor === 0 ? { as: `${kind}-free` } : {}),
    name: order.name ?? "",
    number: order.receiptNumber ?? `NP-${order.number}`,
    sum: money(moneyOf(order.paidMinor, order.paidCurrency ?? quote.currency)),
    lines: [...billLines(tools, quote, order.name ?? ""), ...couponLine(tools, quote, order.paidMinor)].join("\n"),
    tax: quote.tax,
    card: order.cardLabel ?? "your card",
    consentDate: day(order.consentAt ?? order.paidAt),
    consentTime: time(order.consentAt ?? order.paidAt),
    withdrawDate: day(daysAfter(order.paidAt, withdrawDays)),
    withdrawLink: `${webUrl}/withdraw`,
    link: `${webUrl}/start/watch`,
    // Of a receipt the day it was paid; of a lost name the day on which the money goes back by itself.
    date: day(order.lostAt ? secondsAfter(order.lostAt, patienceSeconds) : order.paidAt),
  };
}

/** Each line of what was paid, as the bill has them. */
const billLines = ({ translate, money }: LetterTools, quote: Quote, name: string): string[] =>
  linesOf(quote).map(({ what, sum }) =>
    typeof what === "string"
      ? translate(`receipt.${what}`, { name, period: quote.period, sum: money(sum) })
      : translate("receipt.addOn", { called: addOnCalled(what.addOn, prices()), sum: money(sum) }),
  );

/** What a code that was typed on the payment page took off. */
function couponLine({ translate, money }: LetterTools, { total }: Quote, paidMinor: number): string[] {
  const off = add(total, negate(moneyOf(paidMinor, total.currency)));
  return isZero(off) ? [] : [translate("receipt.coupon", { sum: money(negate(off)) })];
}
