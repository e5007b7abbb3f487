import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import { pokeTenant } from "@/lib/tenants/poke-tenant.ts";
import type { World } from "@/lib/world.ts";
import { lockReport } from "./answer-report.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** A page that was taken off comes back: an adult's at once, for each has one; of a child its parents may put it up again. */
export async function letPageOn(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly reportId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const outcome: Said = { key: "staff.outcome.report-let-on" };
  const home = await world.db.$transaction(async (tx) => {
    const { id, personId, tenantId } = await lockReport(tx, asked.reportId);
    const person = await tx.person.findFirst({ where: { id: personId ?? "", pageBarredAt: { not: null } } });
    if (!person) throw new NameplateError("changed-meanwhile", "No page is kept off", { key: "staff.errors.gone" });
    const page = person.kind === "adult";
    await tx.person.update({ where: { id: person.id }, data: { pageBarredAt: null, page } });
    await pokeTenant(tx, world, person.tenantId);
    const subject = tenantId ?? id;
    await writeAudit(tx, world, { staffId: staff.userId, act: "report-let-on", subject, reason, outcome });
    return person.tenantId;
  });
  await world.ring({ kind: "tenant", tenantId: home });
  return outcome;
}
