import type { Tx } from "@/lib/db.ts";
import type { Attempt } from "@/lib/generated/prisma/client.ts";
import type { StepName } from "@/lib/provisioning/step.ts";

/** What stands in the way of a blocked step and may be put aside by a person: the vendor said no, or nobody knows. */
const asideable = ["refused", "given-up", "doubt"];

/**
 * The attempts that "Try again" puts aside: those of steps that are blocked now, of acts that are never repeated on a guess.
 * One that a dead worker left `running` is a doubt. What was accepted or seen stays: the vendor has it, and it is paid for.
 */
export async function clearable(
  tx: Pick<Tx, "attempt" | "stepState">,
  tenantId: string,
  step: StepName | undefined,
  leaseIsLive: boolean,
): Promise<Attempt[]> {
  const blocked = await tx.stepState.findMany({
    where: { tenantId, state: "blocked", ...(step ? { step } : {}) },
    select: { step: true },
  });
  return tx.attempt.findMany({
    where: {
      tenantId,
      once: true,
      step: { in: blocked.map((row) => row.step) },
      outcome: { in: leaseIsLive ? asideable : [...asideable, "running"] },
    },
    orderBy: [{ startedAt: "asc" }, { id: "asc" }],
  });
}
