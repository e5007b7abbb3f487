import { z } from "zod";
import { daysAfter } from "@/lib/clock.ts";
import type { World } from "@/lib/world.ts";
import type { lastBillTerms } from "./carry-out.ts";
import type { KnownBill } from "./known-bill.ts";
import { isZero, minorOf } from "./money.ts";
import { wishesOf } from "./newest-wish.ts";
import { readQuote } from "./quote.ts";
import { restOfYear } from "./rest-of-year.ts";

const stopTerms = z.object({ restLabel: z.string() });

/**
 * A family's bill has ended as they wished, at the end of what was paid or because they withdrew: what is still owed for the
 * name's year is drawn on a last one. Wanted once for each bill that ended, however often the vendor is looked at.
 */
export async function wantLastBill(world: World, { order, bill, disputed }: KnownBill): Promise<void> {
  const { db, clock, ids, ring } = world;
  const { subscription } = bill;
  // While a bank looks at what was paid, we ask for no more; each later copy comes by here again.
  if (!subscription?.endedAt || disputed) return;
  const { id, customerId, endedAt } = subscription;
  // What a renewal's draft asks for the name is not on a last bill, too: an hour later it is an invoice, and one that never becomes
  // one is no longer waited for after a day.
  const since = daysAfter(clock.now(), -1);
  if ((await db.invoice.count({ where: { customerId, status: "draft", createdAt: { gt: since } } })) > 0) return;
  const orderId = order.id;
  const stopped = await db.billChange.findFirst({
    where: { orderId, kind: { in: ["stop", "stop-now", "withdraw"] }, state: "done", ...wishesOf(subscription) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  if (!stopped) return;
  const quote = readQuote(order);
  const rest = restOfYear(quote, bill, endedAt);
  if (isZero(rest)) return;
  const { restLabel } = stopTerms.parse(stopped.terms);
  const line = { what: "rest-of-name", label: restLabel, minor: minorOf(rest), currency: rest.currency };
  const terms = { lines: [line], tax: quote.tax } satisfies z.input<typeof lastBillTerms>;
  const row = { id: ids.id("chg"), orderId, cause: `last-bill:${id}`, kind: "last-bill", terms, state: "wanted" };
  const made = await db.billChange.createMany({
    data: [{ ...row, askedBy: "nameplate", createdAt: clock.now() }],
    skipDuplicates: true,
  });
  if (made.count > 0) await ring({ kind: "order", orderId });
}
