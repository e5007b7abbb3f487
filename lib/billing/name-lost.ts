import { z } from "zod";
import type { StepState, Tenant } from "@/lib/generated/prisma/client.ts";

const found = z.object({ code: z.string() });
const facts = z.object({ registeredUntil: z.iso.datetime({ offset: true }).nullable() });

/**
 * Whether a home's name is known to be with us no more: the family has it elsewhere, somebody else has it, or it ran out. Where nobody has
 * looked yet it is not. Whoever asks for money for home and name together asks here first.
 */
export function isNameLost(
  { nameLeftAt }: Pick<Tenant, "nameLeftAt">,
  steps: readonly Pick<StepState, "step" | "reason" | "facts">[],
  now: Date,
): boolean {
  if (nameLeftAt) return true;
  const domain = steps.find(({ step }) => step === "domain");
  if (found.safeParse(domain?.reason).data?.code === "name-lost") return true;
  const until = facts.safeParse(domain?.facts).data?.registeredUntil;
  return until != null && new Date(until) <= now;
}
