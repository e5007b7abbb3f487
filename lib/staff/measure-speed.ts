import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";

/** Seconds from paid to seen from outside, of the homes that became ready on one day (UTC). */
export interface SpeedOfDay {
  /** ISO date. */
  readonly day: string;
  readonly homes: number;
  readonly median: number;
  readonly p95: number;
}

/** A fortnight, as the picture shows. */
const days = 14;

/** Days on which no home became ready are not there. */
export async function measureSpeed(
  world: Pick<World, "db" | "clock">,
  who: SignedIn | undefined,
): Promise<SpeedOfDay[]> {
  await staffOf(world, who);
  const rows = await world.db.$queryRaw<{ day: Date; homes: number; median: number; p95: number }[]>`
    SELECT date_trunc('day', "readyAt") AS "day", count(*)::int AS "homes",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM "readyAt" - "createdAt"))::float8 AS "median",
      percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM "readyAt" - "createdAt"))::float8 AS "p95"
    FROM "Tenant" WHERE "readyAt" >= ${daysAfter(world.clock.now(), -days)} GROUP BY 1 ORDER BY 1`;
  return rows.map(({ day, ...rest }) => ({ day: day.toISOString().slice(0, 10), ...rest }));
}
