import { secondsAfter } from "@/lib/clock.ts";
import { findCustomer } from "./find-customer.ts";
import { pokeCustomers } from "./poke-customers.ts";
import type { BillingTools } from "./sync-billing.ts";

/** How often the vendor's own events are compared with what was copied: a webhook that was lost costs so much time at most. */
const everySeconds = 3600;
/** Read again each time: an event is listed a moment after it happened. */
const overlapSeconds = 300;
/** The vendor tells whole seconds: it happened less than one later. */
const roundedSeconds = 1;
/** The vendor's events go back so far; a customer is copied once a day anyhow. */
const rememberedSeconds = 30 * 86_400;

/**
 * Whoever had something happen to them since their copy was made is to be copied again. Reads the vendor's events from where
 * the last look ended, so a database that was set back looks from there. Idempotent.
 */
export async function findChangedCustomers({ db, clock, ledger }: BillingTools): Promise<void> {
  const now = clock.now();
  const cursor = await db.cursor.findUnique({ where: { name: "billing" } });
  if (cursor && cursor.lookedAt > secondsAfter(now, -everySeconds)) return;
  const changed = await ledger.changedSince(cursor?.at ?? secondsAfter(now, -rememberedSeconds));
  // The last thing told of each is what counts; a month of events is about few.
  const last = new Map(changed.map((change) => [change.customerId ?? change.paymentIntentId, change]));
  const lastAt = new Map<string, Date>();
  for (const change of [...last.values()].toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const id = await findCustomer(db, change);
    if (id) lastAt.set(id, change.at);
  }
  const known = await db.customer.findMany({ where: { id: { in: [...lastAt.keys()] } } });
  const behind = known.filter(
    ({ id, askedAt }) => !askedAt || askedAt < secondsAfter(lastAt.get(id) ?? now, roundedSeconds),
  );
  await pokeCustomers(
    db,
    behind.map(({ id }) => id),
    now,
  );
  const reached = { at: secondsAfter(now, -overlapSeconds), lookedAt: now };
  await db.cursor.upsert({ where: { name: "billing" }, create: { name: "billing", ...reached }, update: reached });
}
