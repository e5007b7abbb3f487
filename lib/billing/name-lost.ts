import { z } from "zod";
import type { StepState } from "@/lib/generated/prisma/client.ts";

const found = z.object({ code: z.string() });
const facts = z.object({ registeredUntil: z.iso.datetime({ offset: true }).nullable() });

/**
 * Whether a home's name is known to be theirs no more: somebody else has it, or it ran out. Where nobody has looked yet it is not.
 * Whoever asks for money for the home asks here first.
 */
export function isNameLost(steps: readonly Pick<StepState, "step" | "reason" | "facts">[], now: Date): boolean {
  const domain = steps.find(({ step }) => step === "domain");
  if (found.safeParse(domain?.reason).data?.code === "name-lost") return true;
  const until = facts.safeParse(domain?.facts).data?.registeredUntil;
  return until != null && new Date(until) <= now;
}
