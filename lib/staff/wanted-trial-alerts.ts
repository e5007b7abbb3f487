import type { Db } from "@/lib/db.ts";
import { resultsShape } from "@/lib/households/trials/result.ts";
import { type AlertCode, most, nothing, type WantedAlert } from "./wanted-alerts.ts";

/**
 * A child whose rules did not hold when a parent had them tried last; over when another trial finds nothing. And strangers of ours
 * who could not be removed, however often it was tried.
 */
export async function trialsToSee(db: Db): Promise<WantedAlert[]> {
  const rows = await db.$queryRaw<
    { id: string; tenantId: string; orderId: string; results: unknown; detail: string | null; stuck: boolean }[]
  >`SELECT t."id", t."tenantId", h."orderId", t."results", t."detail", (t."state" = 'failed') AS "stuck"
    FROM "Trial" t JOIN "Tenant" h ON h."id" = t."tenantId"
    WHERE (t."stranger" IS NOT NULL AND t."nextTryAt" IS NULL)
      OR (t."results" @> '[{"outcome": "through"}]' AND t."state" = 'done' AND NOT EXISTS (
        SELECT 1 FROM "Trial" l WHERE l."personId" = t."personId" AND l."state" = 'done' AND l."askedAt" > t."askedAt"))
    ORDER BY t."askedAt", t."id" LIMIT ${most}`;
  return rows.map(({ id, tenantId, orderId, results, detail, stuck }) => {
    const code = (stuck ? "trial-stuck" : "trial-through") satisfies AlertCode;
    const through = resultsShape.parse(results ?? []).filter(({ outcome }) => outcome === "through");
    return {
      ...nothing,
      ...{ about: "trial", subject: id, code, orderId, tenantId },
      detail: stuck ? detail : through.map(({ attempt, seen }) => `${attempt}: ${seen}`).join(", "),
      open: `trial:${id}:${code}`,
    };
  });
}
