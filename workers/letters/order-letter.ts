import { moneyOf } from "@/lib/billing/money.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { daysAfter, secondsAfter } from "@/lib/clock.ts";
import { patienceSeconds } from "@/lib/orders/refund-forgotten-orders.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** The law gives fourteen days to withdraw. */
const withdrawDays = 14;

export async function orderLetter(
  { db, webUrl, money, day, time }: LetterTools,
  kind: "receipt" | "delayed" | "name-lost",
  orderId: string,
): Promise<Filling | undefined> {
  const order = await db.order.findUnique({ where: { id: orderId } });
  if (!order?.paidAt || order.paidMinor === null) return undefined;
  const quote = readQuote(order);
  return {
    // Nothing goes back where nothing was paid.
    ...(kind === "name-lost" && order.paidMinor === 0 ? { as: "name-lost-free" } : {}),
    name: order.name ?? "",
    number: order.receiptNumber ?? `NP-${order.number}`,
    sum: money(moneyOf(order.paidMinor, order.paidCurrency ?? quote.currency)),
    home: money(quote.home),
    nameSum: money(quote.namePart),
    card: order.cardLabel ?? "your card",
    consentDate: day(order.consentAt ?? order.paidAt),
    consentTime: time(order.consentAt ?? order.paidAt),
    withdrawDate: day(daysAfter(order.paidAt, withdrawDays)),
    link: `${webUrl}/start/watch`,
    // Of a receipt the day it was paid; of a lost name the day on which the money goes back by itself.
    date: day(order.lostAt ? secondsAfter(order.lostAt, patienceSeconds) : order.paidAt),
  };
}
