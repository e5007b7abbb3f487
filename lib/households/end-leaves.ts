import { daysAfter } from "@/lib/clock.ts";
import type { Facts } from "@/lib/provisioning/step.ts";
import { codeDays } from "@/lib/tenants/leave-rules.ts";
import type { World } from "@/lib/world.ts";

/**
 * Forgets codes whose days are over: whoever still wants to go asks again. Not while another registrar asks for the name: that is
 * the code at work. A name that goes by such a code all the same is still no missing one (lib/tenants/leave-rules.ts).
 */
export async function endLeaves({ db, clock }: Pick<World, "db" | "clock">): Promise<void> {
  const now = clock.now();
  const due = await db.nameLeave.findMany({
    where: { open: { not: null }, givenAt: { lte: daysAfter(now, -codeDays) } },
    include: { tenant: { include: { steps: { where: { step: "domain" } } } } },
  });
  const over = due.filter(
    ({ tenant }) => ((tenant.steps[0]?.facts ?? {}) as Partial<Facts["domain"]>).leaving !== true,
  );
  await db.nameLeave.updateMany({
    where: { id: { in: over.map(({ id }) => id) }, open: { not: null } },
    data: { open: null, sealed: null, endedAt: now, endedHow: "ran-out" },
  });
}
