import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { markStraySettled } from "./mark-stray-settled.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/**
 * All of a payment that no order knows goes back, and its subscription ends: wanted in one row, as every refund is, and carried
 * out by a worker's next slow round.
 */
export async function giveBackPayment(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly sessionId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { sessionId } = asked;
  const outcome: Said = { key: "staff.outcome.givenBack" };
  await world.db.$transaction(async (tx) => {
    const stray = await markStraySettled(tx, world, { sessionId, staffId: staff.userId, how: "given-back" });
    const { paymentIntentId, subscriptionId, totalMinor, currency } = stray;
    if (!paymentIntentId)
      throw new NameplateError("changed-meanwhile", `The payment of ${sessionId} was not seen`, {
        key: "staff.errors.paymentUnseen",
      });
    await tx.refund.create({
      data: {
        // Named after the visit: a database that is set back once more finds with the vendor what it gave back before.
        id: `ref_${sessionId}`,
        sessionId,
        cause: "nobody-knows",
        paymentIntentId,
        subscriptionId,
        minor: totalMinor,
        currency,
        state: "wanted",
        askedBy: staff.userId,
        createdAt: world.clock.now(),
      },
    });
    await writeAudit(tx, world, {
      staffId: staff.userId,
      act: "give-back-payment",
      subject: sessionId,
      reason,
      outcome,
    });
  });
  return outcome;
}
