import type { z } from "zod";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { isHeard } from "@/lib/billing/dispute.ts";
import { type Evidence, evidenceCause, evidenceShape, type evidenceTerms } from "@/lib/billing/evidence.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/**
 * What a bank is to read about a dispute, as the page showed it: wanted in one row, sent by a worker. Pressed twice, or by two
 * people, it is one wish; a bank reads it once.
 */
export async function sendEvidence(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly disputeId: string; readonly evidence: Evidence; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { db, clock, ids, ring } = world;
  const { disputeId } = asked;
  const dispute = await db.dispute.findUnique({ where: { id: disputeId }, include: { customer: true } });
  const orderId = dispute?.customer.orderId;
  if (!dispute || !orderId) throw new NameplateError("not-found", `No dispute ${disputeId} of an order`);
  const terms = { disputeId, customerId: dispute.customerId, evidence: evidenceShape.parse(asked.evidence) };
  const outcome: Said = { key: "staff.outcome.evidence" };
  await db.$transaction(async (tx) => {
    // Copied anew while the page was read: it is over, or was answered at the vendor's.
    const now = await tx.dispute.findUnique({ where: { id: disputeId } });
    if (!now || !isHeard(now) || now.submissions > 0)
      throw new NameplateError("changed-meanwhile", `Dispute ${disputeId} is ${now?.status}`, {
        key: "staff.errors.disputeOver",
      });
    const cause = evidenceCause(disputeId);
    const row = { id: ids.id("chg"), orderId, cause, kind: "evidence", state: "wanted", askedBy: staff.userId };
    const made = await tx.billChange.createMany({
      data: [{ ...row, terms: terms satisfies z.input<typeof evidenceTerms>, createdAt: clock.now() }],
      skipDuplicates: true,
    });
    if (made.count === 0)
      throw new NameplateError("changed-meanwhile", `Evidence for ${disputeId} is wanted already`, {
        key: "staff.errors.evidenceSent",
      });
    await writeAudit(tx, world, { staffId: staff.userId, act: "send-evidence", subject: orderId, reason, outcome });
  });
  await ring({ kind: "order", orderId });
  return outcome;
}
