import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { Alert } from "@/lib/generated/prisma/client.ts";
import { bellId, bellShape } from "@/lib/queue/bell-shape.ts";
import type { Bell, World } from "@/lib/world.ts";
import type { BulkCode } from "./list-alerts.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

export type DeadAgain = { readonly reason: string } & (
  | { readonly alertId: string }
  /** Everything that was given up of this kind: its one cause is gone. Money is begun one by one. */
  | { readonly code: BulkCode }
);

/** So many at a time; the button is there again for the rest. */
const atOnce = 100;

/**
 * What was given up (a mail, a refund, a wish for a bill, a bell) is tried again from the beginning. The row itself says whether there is
 * anything to begin: pressed twice, or after somebody else, it changes nothing.
 */
export async function tryDeadAgain(world: World, who: SignedIn | undefined, asked: DeadAgain): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const alerts = await alertsMeant(world, asked);
  const bells: Bell[] = [];
  let anew = 0;
  const outcome = await world.db.$transaction(async (tx) => {
    for (const alert of alerts) {
      const begun = await begin(tx, world.clock.now(), alert);
      if (!begun) continue;
      anew += 1;
      bells.push(...begun);
      await tx.alert.updateMany({ where: { id: alert.id }, data: { open: null, closedAt: world.clock.now() } });
    }
    const said: Said = { key: "staff.outcome.begunAnew", values: { n: anew } };
    const [one] = alerts;
    const subject = "code" in asked ? asked.code : (one?.tenantId ?? one?.orderId ?? one?.subject ?? "");
    await writeAudit(tx, world, { staffId: staff.userId, act: "try-dead-again", subject, reason, outcome: said });
    return said;
  });
  for (const bell of new Map(bells.map((one) => [bellId(one), one])).values()) await world.ring(bell);
  return outcome;
}

async function alertsMeant({ db }: World, asked: DeadAgain): Promise<Alert[]> {
  if ("code" in asked)
    return db.alert.findMany({
      where: { code: asked.code, open: { not: null } },
      orderBy: [{ openedAt: "asc" }, { id: "asc" }],
      take: atOnce,
    });
  const alert = await db.alert.findUnique({ where: { id: asked.alertId } });
  if (!alert) throw new NameplateError("not-found", `No alert ${asked.alertId}`);
  return [alert];
}

/** Returns the bells to ring, or undefined when there is nothing to begin. */
async function begin(tx: Tx, now: Date, { about, subject }: Alert): Promise<readonly Bell[] | undefined> {
  switch (about) {
    case "mail": {
      const data = { deadAt: null, tries: 0, nextTryAt: now };
      const mail = await tx.mail.updateMany({ where: { id: subject, sentAt: null, deadAt: { not: null } }, data });
      return mail.count > 0 ? [{ kind: "mail" }] : undefined;
    }
    case "bell": {
      const data = { deadAt: null, tries: 0, firstAt: now, nextTryAt: now };
      const dead = await tx.failedBell.updateMany({ where: { id: subject, deadAt: { not: null } }, data });
      if (dead.count === 0) return undefined;
      const { bell } = await tx.failedBell.findUniqueOrThrow({ where: { id: subject } });
      return [bellShape.parse(bell)];
    }
    case "bill": {
      const data = { state: "wanted", doneAt: null, deadAt: null, tries: 0, nextTryAt: null };
      const given = { OR: [{ state: "refused" }, { state: "wanted", deadAt: { not: null } }] };
      const held = await tx.billChange.updateMany({ where: { id: subject, ...given }, data });
      if (held.count === 0) return undefined;
      const { orderId } = await tx.billChange.findUniqueOrThrow({ where: { id: subject } });
      return [{ kind: "order", orderId }];
    }
    case "refund":
      return beginRefund(tx, subject);
    default:
      return undefined;
  }
}

/**
 * One that was given up goes on as it was; one that was refused is begun anew, under a new name with the vendor. One that has
 * no order has no bell: the next slow round finds it.
 */
async function beginRefund(tx: Tx, id: string): Promise<readonly Bell[] | undefined> {
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
  return orderId ? [{ kind: "order", orderId }] : [];
}
