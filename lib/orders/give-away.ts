import { minorOf } from "@/lib/billing/money.ts";
import type { Quote } from "@/lib/billing/quote.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { markPaid, ringAfter } from "./mark-order-paid.ts";
import type { StartCheckout } from "./start-checkout.ts";
import { writeDownVisit } from "./write-down-visit.ts";

/**
 * Nothing is to pay, so nobody is asked for it: consent, visit, paid and wanted commit together. A second press finds that
 * the first one did it.
 */
export async function giveAway(
  world: World,
  order: Order,
  quote: Quote,
  { consentText, consentFrom, childConsent, urls }: Omit<StartCheckout, "key" | "labels">,
): Promise<{ url: string }> {
  const marked = await world.db.$transaction(async (tx) => {
    const visit = await writeDownVisit(tx, world, order, quote, { consentText, consentFrom, childConsent });
    const nothing = { paidMinor: minorOf(quote.total), paidCurrency: quote.currency };
    return markPaid(tx, world, order.id, visit.id, nothing);
  });
  if (marked) await ringAfter(world, marked);
  return { url: urls.success };
}
