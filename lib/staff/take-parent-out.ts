import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import { writeLeft } from "@/lib/households/parents/leave-parents.ts";
import { holdParents } from "@/lib/households/parents/parents-of.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/**
 * A parent decides about the children of a home no more, against their will: neither parent can do that to the other, so a person here
 * does it, because a court has said so. `subject` is the parent's own id, or the home's for whoever runs it. Never the last one.
 */
export async function takeParentOut(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly subject: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { db, ring } = world;
  const outcome: Said = { key: "staff.outcome.parentOut" };
  const parent = await db.parent.findUnique({ where: { id: asked.subject } });
  const home = await db.tenant.findFirst({ where: { id: parent?.tenantId ?? asked.subject, want: "present" } });
  if (!home) throw new NameplateError("not-found", "No such parent of any home");
  await db.$transaction(async (tx) => {
    await holdParents(tx, home);
    await writeLeft(tx, world, home, { id: parent?.id ?? null, by: staff.userId });
    await writeAudit(tx, world, { staffId: staff.userId, act: "take-parent-out", subject: home.id, reason, outcome });
  });
  await ring({ kind: "tenant", tenantId: home.id });
  await ring({ kind: "mail" });
  return outcome;
}
