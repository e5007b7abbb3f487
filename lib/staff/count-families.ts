import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { World } from "@/lib/world.ts";
import { refundsOpen, severity, unsettled } from "./families-sql.ts";
import { staffOf } from "./staff-of.ts";

export interface FamilyCounts {
  readonly blocked: number;
  readonly lost: number;
  readonly waiting: number;
  readonly changing: number;
  readonly settled: number;
  /** Orders with money on its way back, or refused by the bank. */
  readonly refunds: number;
}

/** The tiles above the list. Counts the few that are not settled, and takes them from all. */
export async function countFamilies(
  world: Pick<World, "db" | "clock">,
  who: SignedIn | undefined,
): Promise<FamilyCounts> {
  await staffOf(world, who);
  const { db } = world;
  const [states, homes, lost, refunds] = await Promise.all([
    db.$queryRaw<{ worst: number; n: number }[]>`
      SELECT "worst", count(*)::int AS "n" FROM (
        SELECT t."id", min(CASE WHEN s."tenantId" IS NULL THEN 2 ELSE ${severity} END)::int AS "worst"
        FROM "Tenant" t LEFT JOIN "StepState" s ON s."tenantId" = t."id"
        WHERE t."want" = 'present' AND (t."readyAt" IS NULL OR t."id" IN (
          SELECT s."tenantId" FROM "StepState" s WHERE ${unsettled}))
        GROUP BY t."id"
      ) AS attention GROUP BY "worst"`,
    db.tenant.count({ where: { want: "present" } }),
    db.order.count({ where: { state: "lost" } }),
    db.$queryRaw<{ n: number }[]>`SELECT count(DISTINCT "orderId")::int AS "n" FROM (${refundsOpen}) AS open`,
  ]);
  const of = (worst: number): number => states.find((row) => row.worst === worst)?.n ?? 0;
  // Everything found and nothing seen from outside yet is still changing.
  const [blocked, waiting, changing] = [of(0), of(1), of(2) + of(3)];
  return {
    blocked,
    lost,
    waiting,
    changing,
    settled: homes - blocked - waiting - changing,
    refunds: refunds[0]?.n ?? 0,
  };
}
