import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { NameLeave, Tenant } from "@/lib/generated/prisma/client.ts";
import { isLeaveCode, leaveSealer } from "@/lib/households/leave-code.ts";
import { isProven } from "@/lib/households/proven.ts";
import { tellOfLeave } from "@/lib/households/tell-of-leave.ts";
import { whyNotLeave } from "@/lib/households/why-not-leave.ts";
import { seal } from "@/lib/seal.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

interface GiveLeave {
  readonly leaveId: string;
  /** The registrar's code; nothing where the name leaves by a tag, which was set there. */
  readonly code: string;
  readonly reason: string;
}

/**
 * A person of ours unlocked the name at the registrar and read its code there, or set the tag: the family may go. The code is
 * sealed before it is written, and stands nowhere else. Not before the day of waiting is over, and not while the name is held.
 */
export async function giveLeave(world: World, who: SignedIn | undefined, asked: GiveLeave): Promise<Said> {
  const staff = await staffOf(world, who);
  const { db, clock, ids, ring } = world;
  const now = clock.now();
  if (!who || !isProven(who, now))
    throw new NameplateError("not-signed-in", "Proven too long ago", { key: "staff.leave.errors.prove" });
  const reason = readReason(asked.reason);
  const code = asked.code.trim();
  const outcome: Said = { key: "staff.outcome.leaveGiven" };
  const tenantId = await db.$transaction(async (tx) => {
    const leave = await dueLeave(tx, asked.leaveId, now);
    if (!leave.tag && !isLeaveCode(code))
      throw new NameplateError("bad-input", "Not a code", { key: "staff.leave.errors.code" });
    const sealed = leave.tag ? null : seal(leaveSealer(world), leave.id, code, ids);
    await tx.nameLeave.update({ where: { id: leave.id }, data: { givenAt: now, givenBy: staff.userId, sealed } });
    await tellOfLeave(tx, world, leave, "leave-ready");
    await pokeTenant(tx, world, leave.tenantId);
    await writeAudit(tx, world, {
      ...{ staffId: staff.userId, act: "give-leave", subject: leave.tenantId, reason, outcome },
    });
    return leave.tenantId;
  });
  await ring({ kind: "mail" });
  await ring({ kind: "tenant", tenantId });
  return outcome;
}

/** The leave, if it waits for us now and nothing holds the name. */
async function dueLeave(tx: Tx, id: string, now: Date): Promise<NameLeave & { readonly tenant: Tenant }> {
  await tx.$queryRaw`SELECT 1 FROM "NameLeave" WHERE "id" = ${id} FOR UPDATE`;
  const leave = await tx.nameLeave.findUnique({ where: { id }, include: { tenant: true } });
  if (!leave?.open || leave.givenAt)
    throw new NameplateError("changed-meanwhile", `Leave ${id} waits for nobody`, { key: "staff.errors.gone" });
  const [held] = await whyNotLeave(tx, leave.tenant, now);
  if (leave.waitsUntil > now || held)
    throw new NameplateError("changed-meanwhile", `Leave ${id} is held`, { key: "staff.leave.errors.held" });
  return leave;
}
