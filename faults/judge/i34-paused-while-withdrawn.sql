-- At rest a child of a home that stands is paused in it where its rules say so or the newest consent is withdrawn, and no other is.
WITH last AS (
  SELECT DISTINCT ON (entry->>'name') entry->>'name' AS name, (entry->>'detail')::jsonb AS household
  FROM ledger.machines WHERE entry->>'kind' = 'told' ORDER BY entry->>'name', n DESC
), children AS (
  SELECT t.name, p.part,
    coalesce((SELECT r.rules->>'paused' = 'true' FROM "ChildRule" r WHERE r."personId" = p.id ORDER BY r.nth DESC LIMIT 1), false)
    OR coalesce((SELECT c."withdrawnAt" IS NOT NULL FROM "Consent" c WHERE c."personId" = p.id ORDER BY c.nth DESC LIMIT 1), false)
      AS wanted
  FROM "Person" p JOIN "Tenant" t ON t.id = p."tenantId" AND t.want = 'present' AND t."restsSince" IS NULL
  WHERE p.kind = 'child' AND p."goneAt" IS NULL
    AND EXISTS (SELECT 1 FROM "StepState" s WHERE s."tenantId" = t.id AND s.step = 'homeserver' AND s.state = 'settled')
)
SELECT CASE WHEN c.wanted THEN 'not paused' ELSE 'paused, and nobody said so' END AS what, c.name, c.part
FROM children c JOIN last ON last.name = c.name, jsonb_array_elements(last.household->'children') AS child
WHERE jsonb_typeof(last.household) = 'object' AND child->>'who' = c.part AND (child->>'paused')::boolean <> c.wanted
