import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { addAll, isZero, minorOf, moneyOf } from "@/lib/billing/money.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { FraudWarning } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/**
 * All that is left of a payment that a card's network warned of goes back before its owner disputes it: wanted in one row, as
 * every refund is, and carried out by a worker. The home and its bill go on.
 */
export async function refundWarned(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly warningId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { warningId } = asked;
  const warning = await world.db.fraudWarning.findUnique({ where: { id: warningId }, include: { customer: true } });
  const orderId = warning?.customer.orderId;
  if (!warning || !orderId) throw new NameplateError("not-found", `No warning ${warningId} of an order`);
  const outcome: Said = { key: "staff.outcome.refundWarned" };
  await world.db.$transaction(async (tx) => {
    const made = await tx.refund.createMany({
      data: [
        {
          // Named after the warning: a database that was set back finds with the vendor what it gave back before.
          id: `ref_${warningId}`,
          orderId,
          cause: `fraud-warning:${warningId}`,
          ...(await leftOf(tx, warning)),
          state: "wanted",
          askedBy: staff.userId,
          createdAt: world.clock.now(),
        },
      ],
      skipDuplicates: true,
    });
    if (made.count === 0) throw gone(`The payment of ${warningId} goes back already`);
    await writeAudit(tx, world, { staffId: staff.userId, act: "refund-warned", subject: orderId, reason, outcome });
  });
  await world.ring({ kind: "order", orderId });
  return outcome;
}

const gone = (why: string): NameplateError =>
  new NameplateError("changed-meanwhile", why, { key: "staff.errors.warningOver" });

/** What came, less what went back of it; as the copy has it now. Not beside a dispute, nor beside another refund of ours. */
async function leftOf(tx: Tx, { id, customerId, paymentIntentId }: FraudWarning) {
  const now = await tx.fraudWarning.findUnique({ where: { id } });
  const other = await tx.refund.findFirst({ where: { paymentIntentId: paymentIntentId ?? "" } });
  if (!paymentIntentId || !now?.actionable || other) throw gone(`Nothing is left to do about ${id}`);
  const moved = await tx.movement.findMany({ where: { customerId, paymentIntentId } });
  const [first] = moved;
  const left = addAll(
    moved.map(({ minor, currency }) => moneyOf(minor, currency)),
    first?.currency ?? "",
  );
  if (!first || isZero(left)) throw gone(`Nothing is left of the payment of ${id}`);
  return { paymentIntentId, minor: minorOf(left), currency: left.currency };
}
