import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Said } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { markStraySettled } from "./mark-stray-settled.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** A payment that no order knows was settled outside of the product: it is said how, and nothing else is done. */
export async function settlePayment(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly sessionId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { sessionId } = asked;
  const outcome: Said = { key: "staff.outcome.paymentSettled" };
  await world.db.$transaction(async (tx) => {
    await markStraySettled(tx, world, { sessionId, staffId: staff.userId, how: "elsewhere" });
    await writeAudit(tx, world, { staffId: staff.userId, act: "settle-payment", subject: sessionId, reason, outcome });
  });
  return outcome;
}
