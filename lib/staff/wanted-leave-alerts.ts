import type { Db } from "@/lib/db.ts";
import { doneBy } from "@/lib/tenants/leave-rules.ts";
import { type AlertCode, most, nothing, type WantedAlert } from "./wanted-alerts.ts";

/** Names that their families take elsewhere: one whose day of waiting is over is given, one that was given in vain is locked again. */
export async function leavesToSee(db: Db, now: Date): Promise<WantedAlert[]> {
  const leaves = await db.nameLeave.findMany({
    where: {
      OR: [
        { open: { not: null }, givenAt: null, waitsUntil: { lte: now } },
        { open: null, givenAt: { not: null }, endedHow: { not: "left" }, lockedAt: null },
      ],
    },
    include: { tenant: true },
    orderBy: [{ askedAt: "asc" }, { id: "asc" }],
    take: most,
  });
  return leaves.map(({ id, open, tenantId, tenant: { orderId }, ...leave }) => {
    const code = (open ? "name-leave" : "name-lock") satisfies AlertCode;
    const due = doneBy({ id, open, tenantId, ...leave }).toISOString();
    return {
      ...nothing,
      ...{ about: "leave", subject: id, code, orderId, tenantId },
      detail: open ? `To be given by ${due}` : `Given, and ${leave.endedHow ?? "over"} without the name having left`,
      open: `leave:${id}:${code}`,
    };
  });
}
