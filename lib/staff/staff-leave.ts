import type { Db } from "@/lib/db.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { type HoldCode, whyNotLeave } from "@/lib/households/why-not-leave.ts";
import { doneBy, leavesBy } from "@/lib/tenants/leave-rules.ts";

/** A family's leave as the staff see it: the open one, or else the newest. Times are ISO. Never its code. */
export interface StaffLeave {
  readonly id: string;
  /** `lock`: it ended after it was given, and the name is still open at the registrar. */
  readonly state: "waits" | "due" | "given" | "lock" | "left" | "stopped" | "ran-out";
  readonly by: "code" | "tag";
  readonly tag: string | null;
  readonly askedAt: string;
  readonly waitsUntil: string;
  readonly doneBy: string;
  readonly givenAt: string | null;
  readonly shownAt: string | null;
  readonly holds: readonly HoldCode[];
}

export async function staffLeave(db: Db, tenant: Tenant, now: Date): Promise<StaffLeave | null> {
  const leave =
    (await db.nameLeave.findUnique({ where: { open: tenant.id } })) ??
    (await db.nameLeave.findFirst({
      where: { tenantId: tenant.id },
      orderBy: [{ askedAt: "desc" }, { id: "desc" }],
    }));
  if (!leave) return null;
  const { id, tag, open, givenAt, lockedAt, endedHow, waitsUntil } = leave;
  const running = givenAt ? "given" : waitsUntil > now ? "waits" : "due";
  const ended = endedHow === "left" || endedHow === "ran-out" ? endedHow : "stopped";
  return {
    ...{ id, tag, by: leavesBy(tenant.name) },
    state: open ? running : givenAt && !lockedAt && ended !== "left" ? "lock" : ended,
    askedAt: leave.askedAt.toISOString(),
    waitsUntil: waitsUntil.toISOString(),
    doneBy: doneBy(leave).toISOString(),
    givenAt: givenAt?.toISOString() ?? null,
    shownAt: leave.shownAt?.toISOString() ?? null,
    holds: open ? (await whyNotLeave(db, tenant, now)).map(({ code }) => code) : [],
  };
}
