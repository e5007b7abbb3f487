import { addOnCalled } from "@/lib/billing/add-on-called.ts";
import { asksTheSame, isFree, linesOf, termsNow } from "@/lib/billing/bill.ts";
import { minorOf } from "@/lib/billing/money.ts";
import type { CheckoutDesk, CheckoutLine } from "@/lib/billing/ports.ts";
import { prices } from "@/lib/billing/prices.ts";
import { keptQuote, type Quote, readQuote } from "@/lib/billing/quote.ts";
import type { PriceBook } from "@/lib/billing/read-price-book.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { askedInOrder } from "@/lib/households/consent/agreed.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import type { World } from "@/lib/world.ts";
import { giveAway } from "./give-away.ts";
import { endEarlierVisits, openVisit } from "./open-visit.ts";
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
  /** The words beside the tick for children who need a parent's, as they were shown; nothing where it was not ticked. */
  readonly childConsent?: string | undefined;
  readonly labels: { readonly home: string; readonly name: string };
  readonly urls: { readonly success: string; readonly cancel: string };
}

export interface CheckoutTools extends World {
  readonly desk: CheckoutDesk;
  readonly names: NameSearch;
}

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
  if (askedInOrder(order, tools.clock.now()).length > 0 && !input.childConsent)
    throw new NameplateError("bad-input", "No parent agreed", { key: "pay.tickChildFirst" });
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
  return openVisit(tools, visit, {
    email: order.email ?? "",
    period: now.period,
    tax: now.tax,
    lines: billLines(now, input.labels, book),
    successUrl: input.urls.success,
    cancelUrl: input.urls.cancel,
  });
}

/** The buyer and everyone else in the list. */
const peopleOf = (order: Order): number => 1 + (Array.isArray(order.people) ? order.people.length : 0);

const billLines = (quote: Quote, labels: StartCheckout["labels"], book: PriceBook): CheckoutLine[] =>
  linesOf(quote).map(({ what, sum }) => ({
    what,
    label: typeof what === "string" ? labels[what] : addOnCalled(what.addOn, book),
    sum,
  }));

async function keepNewQuote({ db, clock }: CheckoutTools, order: Order, quote: Quote): Promise<void> {
  await db.order.update({
    where: { id: order.id, version: order.version },
    data: { quote: keptQuote(quote), version: { increment: 1 }, updatedAt: clock.now() },
  });
}
