import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { Alert } from "@/lib/generated/prisma/client.ts";
import { bellShape } from "@/lib/queue/bell-shape.ts";
import type { Bell, World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/**
 * What was given up (a mail, a refund, a bell) is tried again from the beginning. The row itself says whether there is
 * anything to begin: pressed twice, or after somebody else, it changes nothing.
 */
export async function tryDeadAgain(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly alertId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const alert = await world.db.alert.findUnique({ where: { id: asked.alertId } });
  if (!alert) throw new NameplateError("not-found", `No alert ${asked.alertId}`);
  const { outcome, bell } = await world.db.$transaction(async (tx) => {
    const begun = await begin(tx, world.clock.now(), alert);
    const said: Said = { key: begun ? "staff.outcome.begunAnew" : "staff.outcome.nothingDead" };
    if (begun)
      await tx.alert.updateMany({ where: { id: alert.id }, data: { open: null, closedAt: world.clock.now() } });
    await writeAudit(tx, world, {
      staffId: staff.userId,
      act: "try-dead-again",
      subject: alert.tenantId ?? alert.orderId ?? alert.subject,
      reason,
      outcome: said,
    });
    return { outcome: said, bell: begun };
  });
  if (bell) await world.ring(bell);
  return outcome;
}

/** Returns the bell to ring, or undefined when there is nothing to begin. */
async function begin(tx: Tx, now: Date, { about, subject }: Alert): Promise<Bell | undefined> {
  switch (about) {
    case "mail": {
      const data = { deadAt: null, tries: 0, nextTryAt: now };
      const mail = await tx.mail.updateMany({ where: { id: subject, sentAt: null, deadAt: { not: null } }, data });
      return mail.count > 0 ? { kind: "mail" } : undefined;
    }
    case "bell": {
      const data = { deadAt: null, tries: 0, firstAt: now, nextTryAt: now };
      const dead = await tx.failedBell.updateMany({ where: { id: subject, deadAt: { not: null } }, data });
      if (dead.count === 0) return undefined;
      const { bell } = await tx.failedBell.findUniqueOrThrow({ where: { id: subject } });
      return bellShape.parse(bell);
    }
    case "refund":
      return beginRefund(tx, subject);
    default:
      return undefined;
  }
}

/** One that was given up goes on as it was; one that was refused is begun anew, under a new name with the vendor. */
async function beginRefund(tx: Tx, id: string): Promise<Bell | undefined> {
  const anew = { deadAt: null, tries: 0, nextTryAt: null };
  const refused = await tx.refund.updateMany({
    where: { id, state: "refused" },
    data: { ...anew, state: "wanted", stripeRefundId: null, asks: { increment: 1 } },
  });
  const stuck = await tx.refund.updateMany({
    where: { id, state: { in: ["wanted", "asked"] }, deadAt: { not: null } },
    data: anew,
  });
  if (refused.count + stuck.count === 0) return undefined;
  const { orderId } = await tx.refund.findUniqueOrThrow({ where: { id } });
  return { kind: "order", orderId };
}
