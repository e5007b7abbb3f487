import type { Db } from "@/lib/db.ts";
import { type AlertCode, most, nothing, type WantedAlert } from "./wanted-alerts.ts";

/** Reports that nobody answered in time; over when somebody does. */
export async function reportsLate(db: Db, now: Date): Promise<WantedAlert[]> {
  const late = await db.report.findMany({
    where: { dueAt: { lte: now } },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
    take: most,
  });
  const homes = await db.tenant.findMany({ where: { id: { in: late.flatMap(({ tenantId }) => tenantId ?? []) } } });
  return late.map(({ id, number, tenantId, about }) => ({
    ...nothing,
    about: "report",
    subject: id,
    code: "report-late" satisfies AlertCode,
    tenantId,
    orderId: homes.find((home) => home.id === tenantId)?.orderId ?? null,
    detail: `Case ${number}: ${about}`,
    open: `report:${id}`,
  }));
}
