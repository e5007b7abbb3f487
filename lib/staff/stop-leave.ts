import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import { endStopped } from "@/lib/households/stop-leave.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** Stops a leave for whoever asks us to, also one whose code was seen: an alert then waits until the name is locked again. */
export async function stopLeaveOf(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly leaveId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const outcome: Said = { key: "staff.outcome.leaveStopped" };
  await world.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "NameLeave" WHERE "id" = ${asked.leaveId} FOR UPDATE`;
    const leave = await tx.nameLeave.findUnique({ where: { id: asked.leaveId } });
    if (!leave?.open)
      throw new NameplateError("changed-meanwhile", `Leave ${asked.leaveId} is over`, { key: "staff.errors.gone" });
    await endStopped(tx, world, leave);
    await writeAudit(tx, world, {
      ...{ staffId: staff.userId, act: "stop-leave", subject: leave.tenantId, reason, outcome },
    });
  });
  await world.ring({ kind: "mail" });
  return outcome;
}
