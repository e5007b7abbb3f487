/** What is still to be done, and how orders ended: read from the product's tables, which nobody here writes to. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Ask } from "./court.ts";

/**
 * Everything that some worker would do now or soon: with the faults off all of it must come to nothing. A step that is
 * blocked and looked at again within minutes mends itself; one that is not waits for a person.
 */
const left = `
  SELECT 'webhooks not followed' AS what, count(*)::int AS n FROM "WebhookEvent" WHERE "doneAt" IS NULL
  UNION ALL SELECT 'mails not sent', count(*)::int FROM "Mail" WHERE "sentAt" IS NULL
  UNION ALL SELECT 'refunds not made', count(*)::int FROM "Refund" WHERE "state" IN ('wanted', 'asked')
  UNION ALL SELECT 'tenants due or at work', count(*)::int FROM "Tenant"
    WHERE "leaseUntil" > $1 OR "nextCheckAt" <= $1
  UNION ALL SELECT 'homes not made yet', count(*)::int FROM "Tenant" t WHERE "want" = 'present' AND "readyAt" IS NULL
    AND NOT EXISTS (SELECT 1 FROM "StepState" s WHERE s."tenantId" = t."id" AND s."state" = 'blocked'
      AND (s."checkAt" IS NULL OR s."checkAt" > $1::timestamp + interval '10 minutes'))
  UNION ALL SELECT 'homes not taken down yet', count(*)::int FROM "Tenant" t WHERE "want" = 'gone'
    AND EXISTS (SELECT 1 FROM "StepState" s WHERE s."tenantId" = t."id" AND (s."want" <> 'gone' OR s."state" <> 'settled'))`;

/** Waits until nothing is left to do, twice in a row a second apart. Returns what never came to rest, in words. */
export async function comeToRest(ask: Ask, boundMs: number): Promise<readonly string[]> {
  const until = Date.now() + boundMs;
  let quiet = 0;
  let words: readonly string[] = [];
  while (quiet < 2 && Date.now() < until) {
    await sleep(1000);
    const rows = await ask<{ what: string; n: number }>(left, new Date());
    words = rows.filter(({ n }) => n > 0).map(({ what, n }) => `${n} ${what}`);
    quiet = words.length === 0 ? quiet + 1 : 0;
  }
  return words;
}

export interface Ends {
  readonly ready: number;
  readonly refunded: number;
  readonly lost: number;
  readonly attention: number;
  /** Paid, and in none of the states that an order may rest in. */
  readonly stranded: readonly string[];
}

const ends = `
  SELECT o."name", o."state"::text AS state, CASE
    WHEN o."state" IN ('refunded', 'lost') THEN o."state"::text
    WHEN o."state" = 'paid' AND EXISTS (
      SELECT 1 FROM "Tenant" t WHERE t."orderId" = o."id" AND t."want" = 'present' AND t."readyAt" IS NOT NULL) THEN 'ready'
    WHEN o."state" = 'paid' AND EXISTS (
      SELECT 1 FROM "Tenant" t JOIN "StepState" s ON s."tenantId" = t."id"
      WHERE t."orderId" = o."id" AND t."want" = 'present' AND s."state" = 'blocked') THEN 'attention'
    WHEN o."state" = 'refunding' AND EXISTS (
      SELECT 1 FROM "Refund" r WHERE r."orderId" = o."id" AND r."state" = 'refused') THEN 'attention'
    ELSE 'stranded' END AS ended
  FROM "Order" o WHERE o."paidAt" IS NOT NULL`;

/** How each order ended that was paid for. */
export async function endsOf(ask: Ask): Promise<Ends> {
  const rows = await ask<{ name: string; state: string; ended: string }>(ends);
  const count = (ended: string): number => rows.filter((row) => row.ended === ended).length;
  return {
    ready: count("ready"),
    refunded: count("refunded"),
    lost: count("lost"),
    attention: count("attention"),
    stranded: rows.filter(({ ended }) => ended === "stranded").map(({ name, state }) => `${name} is ${state}`),
  };
}
