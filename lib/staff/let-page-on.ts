import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { lockReport } from "./answer-report.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** The family may put the page up again that was taken off. Whether they do is theirs to say. */
export async function letPageOn(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly reportId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const outcome: Said = { key: "staff.outcome.report-let-on" };
  await world.db.$transaction(async (tx) => {
    const { id, personId, tenantId } = await lockReport(tx, asked.reportId);
    const { count } = await tx.person.updateMany({
      where: { id: personId ?? "", pageBarredAt: { not: null } },
      data: { pageBarredAt: null },
    });
    if (count === 0) throw new NameplateError("changed-meanwhile", "No page is kept off", { key: "staff.errors.gone" });
    await writeAudit(tx, world, {
      staffId: staff.userId,
      act: "report-let-on",
      subject: tenantId ?? id,
      reason,
      outcome,
    });
  });
  return outcome;
}
