import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** A name in our account that no home wants may be there rightly, as our own is: it is not asked about again while it is there. */
export async function settleName(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly name: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { name } = asked;
  const now = world.clock.now();
  const outcome: Said = { key: "staff.outcome.nameSettled" };
  await world.db.$transaction(async (tx) => {
    const settled = await tx.nameDifference.updateMany({
      where: { name, what: "unknown", settledAt: null },
      data: { settledAt: now, settledBy: staff.userId },
    });
    if (settled.count === 0)
      throw new NameplateError("changed-meanwhile", `${name} is settled, or not there any more`, {
        key: "staff.errors.gone",
      });
    await tx.alert.updateMany({
      where: { about: "name", subject: name, open: { not: null } },
      data: { open: null, closedAt: now },
    });
    await writeAudit(tx, world, { staffId: staff.userId, act: "settle-name", subject: name, reason, outcome });
  });
  return outcome;
}
