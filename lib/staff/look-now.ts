import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** Asks a worker for one look at every step. It only reads, and what it finds is written down. */
export async function lookNow(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly tenantId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { tenantId } = asked;
  const outcome: Said = { key: "staff.outcome.look" };
  await world.db.$transaction(async (tx) => {
    if (!(await tx.tenant.findUnique({ where: { id: tenantId }, select: { id: true } })))
      throw new NameplateError("not-found", `No tenant ${tenantId}`);
    await writeAudit(tx, world, { staffId: staff.userId, act: "look", subject: tenantId, reason, outcome });
  });
  await world.ring({ kind: "look", tenantId });
  return outcome;
}
