-- No step tries for ever, and none waits without a time at which it is looked at again or a person who must act.
-- What is not answered is tried less and less often, and for a day at most before somebody of ours is told: some two
-- hundred looks in two days, each of at most two calls before it meets the silence.
SELECT "tenantId", step, count(*)::text AS why FROM "Attempt" WHERE outcome NOT IN ('doubt', 'not-done')
GROUP BY "tenantId", step, verb, summary HAVING count(*) > 12
UNION ALL
SELECT "tenantId", step, 'no answer for a day, and nobody was told' FROM "StepState"
WHERE "lookedAt" > "unansweredSince" + interval '1 day' AND reason->>'code' = 'unreachable'
UNION ALL
SELECT entry->>'name', entry->>'step', 'asked ' || (entry->>'asked') || ' times in two days, person told: ' || (entry->>'told')
FROM ledger.noted WHERE entry->>'what' = 'two days away' AND ((entry->>'asked')::int NOT BETWEEN 20 AND 400 OR NOT (entry->>'told')::boolean)
UNION ALL
SELECT t.id, '', 'nobody will look again' FROM "Tenant" t
WHERE t.want = 'present' AND t."readyAt" IS NULL AND t."nextCheckAt" IS NULL AND t."holds" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "StepState" s WHERE s."tenantId" = t.id AND s.state = 'blocked')
