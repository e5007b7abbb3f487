import { daysAfter } from "@/lib/clock.ts";
import type { Db } from "@/lib/db.ts";
import { type AlertCode, most, nothing, type WantedAlert } from "./wanted-alerts.ts";

/** The law gives a month (GDPR, article 12); a person of ours has the last working days of it. */
const patienceDays = 25;

/** Whoever asked to be erased, and lives there still after all that time. */
export async function erasuresLate(db: Db, now: Date): Promise<WantedAlert[]> {
  const late = await db.person.findMany({
    where: { eraseAskedAt: { lte: daysAfter(now, -patienceDays) }, goneAt: null, tenant: { want: "present" } },
    orderBy: [{ eraseAskedAt: "asc" }, { id: "asc" }],
    include: { tenant: { select: { orderId: true } } },
    take: most,
  });
  return late.map(({ id, tenantId, tenant: { orderId } }) => ({
    ...nothing,
    ...{ about: "erase", subject: id, code: "erase-late" satisfies AlertCode, orderId, tenantId },
    open: `erase:${id}`,
  }));
}
