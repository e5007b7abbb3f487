import { z } from "zod";
import type { World } from "@/lib/world.ts";
import type { lastBillTerms } from "./carry-out.ts";
import { isDisputed } from "./dispute.ts";
import { isZero, minorOf } from "./money.ts";
import { readQuote } from "./quote.ts";
import { readBill } from "./read-bill.ts";
import { restOfYear } from "./rest-of-year.ts";

const stopTerms = z.object({ restLabel: z.string() });

/**
 * A family's bill has ended as they wished, at the end of what was paid or because they withdrew: what is still owed for the
 * name's year is drawn on a last one. Wanted once for each bill that ended, however often the vendor is looked at.
 */
export async function wantLastBills({ db, clock, ids, ring }: World, customerId: string): Promise<void> {
  const ended = await db.subscription.findMany({
    where: { customerId, endedAt: { not: null }, orderId: { not: null } },
    orderBy: { id: "asc" },
  });
  for (const { id, orderId, endedAt } of ended) {
    if (!orderId || !endedAt) continue;
    const stopped = await db.billChange.findFirst({
      where: { orderId, kind: { in: ["stop", "stop-now", "withdraw"] }, state: "done" },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    });
    const order = await db.order.findUnique({ where: { id: orderId } });
    // While a bank looks at what was paid, we ask for no more; each later copy comes by here again.
    if (!stopped || !order || (await isDisputed(db, orderId))) continue;
    const quote = readQuote(order);
    const bill = await readBill(db, orderId);
    // Another one of this order's ended because it was paid twice and went back: that was no bill of theirs.
    if (bill.subscription?.id !== id) continue;
    const rest = restOfYear(quote, bill, endedAt);
    if (isZero(rest)) continue;
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
}
