import { asksTheSame, isFree, linesOf, termsNow } from "@/lib/billing/bill.ts";
import { minorOf } from "@/lib/billing/money.ts";
import type { CheckoutDesk, CheckoutLine } from "@/lib/billing/ports.ts";
import { prices } from "@/lib/billing/prices.ts";
import { keptQuote, type Quote, readQuote } from "@/lib/billing/quote.ts";
import type { PriceBook } from "@/lib/billing/read-price-book.ts";
import { secondsAfter } from "@/lib/clock.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Checkout, Order } from "@/lib/generated/prisma/client.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import type { World } from "@/lib/world.ts";
import { giveAway } from "./give-away.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";
import { quoteAgain } from "./quote-again.ts";
import { writeDownVisit } from "./write-down-visit.ts";

export interface StartCheckout {
  readonly key: OrderKey | undefined;
  /** The order's version that the buyer looked at when pressing the button. */
  readonly version: number;
  /** The tick under "Begin now", and the words beside it as they were shown. */
  readonly consent: boolean;
  readonly consentText: string;
  /** The network address it came from, where it is known. */
  readonly consentFrom?: string | undefined;
  readonly labels: { readonly home: string; readonly name: string };
  readonly urls: { readonly success: string; readonly cancel: string };
}

export interface CheckoutTools extends World {
  readonly desk: CheckoutDesk;
  readonly names: NameSearch;
}

/** The payment page is open for an hour: long enough to find a card, short enough for the price to hold. */
const openSeconds = 3600;

/**
 * Sends the buyer to the payment page. Looks before it writes: the name must still be there at the price that was shown.
 * Pressing twice leads to one open visit; an earlier one is ended first, so that only one can be paid. With nothing to pay
 * there is no such page: the order is taken as paid at once.
 */
export async function startCheckout(
  tools: CheckoutTools,
  input: StartCheckout,
  book: PriceBook = prices(),
): Promise<{ url: string }> {
  const order = await ownOrder(tools.db, input.key);
  if (order.state !== "draft" && order.state !== "checkout")
    throw new NameplateError("changed-meanwhile", `Order ${order.id} is ${order.state}`, { key: "pay.alreadyPaid" });
  if (order.version !== input.version)
    throw new NameplateError("changed-meanwhile", "Changed in another window", { key: "errors.otherWindow" });
  if (!input.consent) throw new NameplateError("bad-input", "Consent not given", { key: "pay.tickFirst" });
  const shown = readQuote(order);
  const now = await quoteAgain(tools.names, order.name ?? "", peopleOf(order), termsNow(shown, book), book);
  if (!asksTheSame(now, shown)) {
    await keepNewQuote(tools, order, now);
    throw new NameplateError("changed-meanwhile", "The price changed", {
      key: "pay.priceChanged",
      values: { name: order.name ?? "", before: minorOf(shown.nameYear), now: minorOf(now.nameYear) },
    });
  }
  await endEarlierVisits(tools, order);
  if (isFree(now)) return giveAway(tools, order, now, input);
  const visit = await tools.db.$transaction((tx) => writeDownVisit(tx, tools, order, now, input));
  const { sessionId, url } = await tools.desk.open({
    checkoutId: visit.id,
    orderId: order.id,
    email: order.email ?? "",
    period: now.period,
    tax: now.tax,
    lines: billLines(now, input.labels, book),
    successUrl: input.urls.success,
    cancelUrl: input.urls.cancel,
    expiresAt: secondsAfter(visit.createdAt, openSeconds),
  });
  await showOpened(tools, visit, { sessionId, url });
  return { url };
}

/** A visit that was ended in another tab while it was being opened is ended at the vendor too: nobody may pay the old sum. */
async function showOpened(
  { db, desk }: CheckoutTools,
  visit: Checkout,
  opened: { readonly sessionId: string; readonly url: string },
): Promise<void> {
  const shown = await db.checkout.updateMany({
    where: { id: visit.id, state: "opening" },
    data: { ...opened, state: "open" },
  });
  if (shown.count > 0) return;
  await desk.close(opened.sessionId);
  throw new NameplateError("changed-meanwhile", `Visit ${visit.id} was ended while it was being opened`, {
    key: "errors.otherWindow",
  });
}

/** The buyer and everyone else in the list. */
const peopleOf = (order: Order): number => 1 + (Array.isArray(order.people) ? order.people.length : 0);

const billLines = (quote: Quote, labels: StartCheckout["labels"], { addOns }: PriceBook): CheckoutLine[] =>
  linesOf(quote).map(({ what, sum }) => ({
    what,
    label: typeof what === "string" ? labels[what] : (addOns[what.addOn]?.called ?? what.addOn),
    sum,
  }));

async function keepNewQuote({ db, clock }: CheckoutTools, order: Order, quote: Quote): Promise<void> {
  await db.order.update({
    where: { id: order.id, version: order.version },
    data: { quote: keptQuote(quote), version: { increment: 1 }, updatedAt: clock.now() },
  });
}

/** A visit that was paid in another tab, be it while we end it, is not over: its payment is fetched instead. */
async function endEarlierVisits({ db, desk, ring }: CheckoutTools, order: Order): Promise<void> {
  const earlier = await db.checkout.findMany({
    where: { orderId: order.id, state: "open", sessionId: { not: null } },
    orderBy: { try: "asc" },
  });
  for (const { id, sessionId } of earlier) {
    if (!sessionId) continue;
    await desk.close(sessionId);
    if ((await desk.look(sessionId))?.state === "paid") {
      await ring({ kind: "order", orderId: order.id });
      throw new NameplateError("changed-meanwhile", `Order ${order.id} was paid in another visit`, {
        key: "pay.alreadyPaid",
      });
    }
    await db.checkout.updateMany({ where: { id, state: "open" }, data: { state: "expired" } });
  }
}
