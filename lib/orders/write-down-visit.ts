import type { Bill } from "@/lib/billing/bill.ts";
import { minorOf } from "@/lib/billing/money.ts";
import { keptQuote, type Quote } from "@/lib/billing/quote.ts";
import { secondsAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import { type Checkout, type Order, Prisma } from "@/lib/generated/prisma/client.ts";
import { askedInOrder, countryOf, type OrderConsent } from "@/lib/households/consent/agreed.ts";
import type { World } from "@/lib/world.ts";
import type { StartCheckout } from "./start-checkout.ts";

/** How soon a worker asks the vendor by itself, should every webhook be lost and the buyer not come back. */
const firstSyncSeconds = 15;

/**
 * The intention, committed before the vendor is asked: a visit that was paid though its answer was lost is found in the
 * vendor's list (find-lost-payments.ts).
 */
export async function writeDownVisit(
  tx: Tx,
  { clock, ids }: Pick<World, "clock" | "ids">,
  order: Order,
  quote: Quote,
  { consentText, consentFrom, childConsent }: Pick<StartCheckout, "consentText" | "consentFrom" | "childConsent">,
): Promise<Checkout> {
  const now = clock.now();
  const moved = await tx.order.updateMany({
    // The button pressed twice in one moment: the first press opens the page, the second finds that it was.
    where: {
      id: order.id,
      version: order.version,
      checkoutTry: order.checkoutTry,
      state: { in: ["draft", "checkout"] },
    },
    data: {
      state: "checkout",
      checkoutTry: { increment: 1 },
      consentAt: now,
      consentText,
      consentFrom: consentFrom ?? null,
      childConsent: agreedFor(order, childConsent, now) ?? Prisma.DbNull,
      // The buyer's sums are those that were shown; what the registrar asks of us is today's.
      quote: keptQuote(quote),
      updatedAt: now,
      nextSyncAt: secondsAfter(now, firstSyncSeconds),
    },
  });
  if (moved.count === 0)
    throw new NameplateError("changed-meanwhile", "Changed in another window", { key: "errors.otherWindow" });
  // One that is still being opened ends before anybody sees it: whoever opens it finds this, and closes it at the vendor.
  await tx.checkout.updateMany({ where: { orderId: order.id, state: "opening" }, data: { state: "expired" } });
  return tx.checkout.create({ data: { ...visitOf(order, quote), id: ids.id("vis"), createdAt: now } });
}

const visitOf = ({ id, checkoutTry }: Order, { total }: Bill) => ({
  orderId: id,
  try: checkoutTry + 1,
  state: "opening",
  totalMinor: minorOf(total),
  currency: total.currency,
});

/** What is kept of a parent's tick: for whom it was, and where they live. */
function agreedFor(order: Order, text: string | undefined, now: Date): OrderConsent | undefined {
  const parts = askedInOrder(order, now).map(({ part }) => part);
  return text && parts.length > 0 ? { text, country: countryOf(order), parts } : undefined;
}
