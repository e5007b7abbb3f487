import type { Tx } from "@/lib/db.ts";
import type { Consent } from "@/lib/generated/prisma/client.ts";
import { newestConsentFirst } from "@/lib/tenants/household-of.ts";

/** A child's newest consent, until the transaction's end: one press after the other. */
export async function heldConsent(tx: Tx, personId: string): Promise<Consent | null> {
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${personId} FOR UPDATE`;
  return tx.consent.findFirst({ where: { personId }, orderBy: newestConsentFirst });
}
