import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { evidenceTerms } from "./evidence.ts";
import type { Cashier } from "./ports.ts";

/** Sends the bank what a person of ours pressed Send on. Says what came of it, where it was too late. */
export async function carryOutEvidence(cashier: Cashier, { terms }: BillChange): Promise<string | undefined> {
  const { disputeId, evidence } = evidenceTerms.parse(terms);
  const came = await cashier.sendEvidence(disputeId, evidence);
  return came === "sent" ? undefined : "The bank hears nothing more of this dispute: nothing was sent";
}
