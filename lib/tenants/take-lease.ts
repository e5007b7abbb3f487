import { secondsAfter } from "@/lib/clock.ts";
import type { Lease } from "@/lib/provisioning/lease.ts";
import type { World } from "@/lib/world.ts";

/** A worker that dies is missed for at most this long; one that lives renews every third of it. */
export const leaseSeconds = 15;

/**
 * Takes the tenant for one worker, or returns undefined while another holds it. Whoever asked in vain leaves a note
 * (`pokedAt`), so that the tenant is looked at again as soon as the holder is done.
 */
export async function takeLease({ db, clock }: World, tenantId: string, holder: string): Promise<Lease | undefined> {
  const now = clock.now();
  const until = secondsAfter(now, leaseSeconds);
  const taken = await db.$queryRaw<{ fence: bigint }[]>`
    UPDATE "Tenant" SET "fence" = "fence" + 1, "leaseHolder" = ${holder}, "leaseUntil" = ${until}, "nextCheckAt" = ${until}
    WHERE "id" = ${tenantId} AND ("leaseUntil" IS NULL OR "leaseUntil" <= ${now}) RETURNING "fence"`;
  const row = taken[0];
  if (row) return { tenantId, fence: row.fence };
  await db.tenant.updateMany({ where: { id: tenantId }, data: { pokedAt: now } });
  return undefined;
}

/** Returns false when the lease was lost. */
export async function renewLease({ db, clock }: World, lease: Lease): Promise<boolean> {
  const until = secondsAfter(clock.now(), leaseSeconds);
  const kept = await db.tenant.updateMany({
    where: { id: lease.tenantId, fence: lease.fence },
    data: { leaseUntil: until, nextCheckAt: until },
  });
  return kept.count === 1;
}

/** Gives the tenant back and says when it is due again; at once when somebody asked for it meanwhile. */
export async function releaseLease(
  { db, clock }: World,
  lease: Lease,
  begunAt: Date,
  nextCheckAt: Date | null,
): Promise<void> {
  const now = clock.now();
  await db.$executeRaw`
    UPDATE "Tenant" SET "leaseUntil" = NULL, "leaseHolder" = NULL,
      "nextCheckAt" = CASE WHEN "pokedAt" >= ${begunAt} THEN ${now} ELSE ${nextCheckAt}::timestamp END
    WHERE "id" = ${lease.tenantId} AND "fence" = ${lease.fence}`;
}
