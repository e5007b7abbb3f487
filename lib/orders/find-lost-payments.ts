import { secondsAfter } from "@/lib/clock.ts";
import { tryEach } from "@/lib/try-each.ts";
import { adoptVisit } from "./adopt-visit.ts";
import type { SyncTools } from "./sync-order.ts";

/** How often the vendor's own list is compared with ours: webhooks and the sync of each order come long before. */
const everySeconds = 600;
/** A payment page is open for an hour: of what began twice as long ago, nothing more is paid. */
const overSeconds = 7200;

/**
 * Compares the payments the vendor has with those we know, from where the last comparison ended. A database that was set back
 * has its cursor set back with it, so that what was paid meanwhile is found. Idempotent.
 */
export async function findLostPayments(tools: SyncTools): Promise<void> {
  const { db, clock, cashier } = tools;
  const now = clock.now();
  const cursor = await db.cursor.findUnique({ where: { name: "payments" } });
  if (cursor && cursor.lookedAt > secondsAfter(now, -everySeconds)) return;
  const visits = await cashier.paidVisits(cursor?.at ?? new Date(0));
  const known = await db.checkout.findMany({
    where: { sessionId: { in: visits.map(({ sessionId }) => sessionId) } },
    select: { sessionId: true },
  });
  const lost = visits.filter(({ sessionId }) => !known.some((one) => one.sessionId === sessionId));
  await tryEach(lost, (visit) => adoptVisit(tools, visit));
  const reached = { at: secondsAfter(now, -overSeconds), lookedAt: now };
  await db.cursor.upsert({ where: { name: "payments" }, create: { name: "payments", ...reached }, update: reached });
}
