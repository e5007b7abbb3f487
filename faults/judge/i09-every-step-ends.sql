-- No step tries for ever, and none waits without a time at which it is looked at again or a person who must act.
SELECT "tenantId", step, count(*)::text AS why FROM "Attempt" GROUP BY "tenantId", step, verb, summary HAVING count(*) > 12
UNION ALL
SELECT t.id, '', 'nobody will look again' FROM "Tenant" t
WHERE t.want = 'present' AND t."readyAt" IS NULL AND t."nextCheckAt" IS NULL AND t."holds" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "StepState" s WHERE s."tenantId" = t.id AND s.state = 'blocked')
