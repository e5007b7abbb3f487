import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** The name is locked at the registrar again, and its code there was made anew: the one that was given opens nothing. */
export async function noteLocked(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly leaveId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const outcome: Said = { key: "staff.outcome.nameLocked" };
  const now = world.clock.now();
  await world.db.$transaction(async (tx) => {
    const [leave] = await tx.nameLeave.updateManyAndReturn({
      where: { id: asked.leaveId, open: null, lockedAt: null, givenAt: { not: null } },
      data: { lockedAt: now },
    });
    if (!leave)
      throw new NameplateError("changed-meanwhile", `Leave ${asked.leaveId} is over`, { key: "staff.errors.gone" });
    await tx.alert.updateMany({
      where: { about: "leave", subject: leave.id, open: { not: null } },
      data: { open: null, closedAt: now },
    });
    await writeAudit(tx, world, {
      ...{ staffId: staff.userId, act: "lock-name", subject: leave.tenantId, reason, outcome },
    });
  });
  return outcome;
}
