import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";

/** A worker that begins an act takes a share of this lock (lib/provisioning/journal.ts): it waits for us, or we for it. */
export async function lockTenant(tx: Tx, tenantId: string): Promise<Tenant> {
  await tx.$queryRaw`SELECT 1 FROM "Tenant" WHERE "id" = ${tenantId} FOR UPDATE`;
  const tenant = await tx.tenant.findUnique({ where: { id: tenantId } });
  if (!tenant) throw new NameplateError("not-found", `No tenant ${tenantId}`);
  return tenant;
}

export const leaseIsLive = ({ leaseUntil }: Tenant, now: Date): boolean => leaseUntil !== null && leaseUntil > now;
