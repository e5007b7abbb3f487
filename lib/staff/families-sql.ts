import { Prisma } from "@/lib/generated/prisma/client.ts";
import { atWork } from "@/lib/tenants/describe-steps.ts";

/** How a family stands for the staff: what needs a person first. The order is the order of the list. */
export const familyStates = [
  "blocked",
  "refund-refused",
  "lost",
  "waiting",
  "changing",
  "settled",
  "unpaid",
  "over",
] as const;
export type FamilyState = (typeof familyStates)[number];

const codesAtWork = [...atWork];

/** How much a step needs a person: 0 blocked, 1 waiting for somebody else, 2 at work, 3 settled. */
export const severity = Prisma.sql`CASE
  WHEN s."state" = 'blocked' THEN 0
  WHEN s."state" = 'waiting' AND NOT (s."reason"->>'code' = ANY(${codesAtWork})) THEN 1
  WHEN s."state" = 'settled' THEN 3
  ELSE 2 END`;

/** Step rows that are not settled, by an index: few, however many families there are. */
export const unsettled = Prisma.sql`s."state" IN ('blocked', 'waiting', 'running', 'changes', 'todo')`;

/** An order with its newest tenant and the step that needs a person most, as `o`, `t` and `w`. */
export const familyRows = Prisma.sql`"Order" o
  LEFT JOIN LATERAL (
    SELECT * FROM "Tenant" t WHERE t."orderId" = o."id" ORDER BY t."createdAt" DESC LIMIT 1
  ) t ON true
  LEFT JOIN LATERAL (
    SELECT s.*, ${severity} AS "severity" FROM "StepState" s WHERE s."tenantId" = t."id"
    ORDER BY "severity", s."changedAt", s."step" LIMIT 1
  ) w ON true
  LEFT JOIN LATERAL (
    SELECT true AS "refused" FROM "Refund" r WHERE r."orderId" = o."id" AND r."state" = 'refused' LIMIT 1
  ) r ON true`;

/** The state of such a row, as an index into `familyStates`. */
export const stateOfRow = Prisma.sql`CASE
  WHEN o."state" = 'paid' AND t."want" = 'present' AND w."severity" = 0 THEN 0
  WHEN r."refused" THEN 1
  WHEN o."state" = 'lost' THEN 2
  WHEN o."state" = 'paid' AND t."want" = 'present' THEN
    CASE WHEN w."severity" = 1 THEN 3 WHEN w."severity" = 3 AND t."readyAt" IS NOT NULL THEN 5 ELSE 4 END
  WHEN o."state" IN ('draft', 'checkout') THEN 6
  ELSE 7 END`;

/** Orders with money on its way back, or refused by the bank. */
export const refundsOpen = Prisma.sql`SELECT r."orderId" FROM "Refund" r WHERE r."state" IN ('wanted', 'asked', 'refused')`;
