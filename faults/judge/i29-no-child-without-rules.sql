-- A child's account was made when its home knew what holds for it already; and at rest the home knows what was decided last.
-- Of a release before there were rules each home is told of none when today's begins.
WITH told AS (
  SELECT n, entry->>'name' AS name, child FROM ledger.machines,
    jsonb_array_elements((entry->>'detail')::jsonb->'children') AS child
  WHERE entry->>'kind' = 'told' AND jsonb_typeof((entry->>'detail')::jsonb) = 'object'
), last AS (
  SELECT DISTINCT ON (entry->>'name') entry->>'name' AS name, (entry->>'detail')::jsonb AS household
  FROM ledger.machines WHERE entry->>'kind' = 'told' ORDER BY entry->>'name', n DESC
)
SELECT 'no rules when it was made' AS what, t.name, p.part
FROM "Person" p JOIN "Tenant" t ON t.id = p."tenantId"
JOIN ledger.machines m ON m.entry->>'kind' = 'account' AND m.entry->>'name' = t.name AND m.entry->>'detail' = p.part
WHERE p.kind = 'child'
  AND NOT EXISTS (SELECT 1 FROM told WHERE told.name = t.name AND told.child->>'who' = p.part AND told.n < m.n)
  AND NOT EXISTS (SELECT 1 FROM ledger.machines none WHERE none.entry->>'kind' = 'told' AND none.entry->>'name' = t.name
    AND none.entry->>'detail' = 'null' AND none.n > m.n)
UNION ALL
SELECT 'not what was decided last', t.name, p.part
FROM "ChildRule" r JOIN "Person" p ON p.id = r."personId" JOIN "Tenant" t ON t.id = p."tenantId" AND t.want = 'present'
LEFT JOIN last ON last.name = t.name
WHERE r.nth = (SELECT max(nth) FROM "ChildRule" o WHERE o."personId" = p.id)
  AND EXISTS (SELECT 1 FROM "StepState" s WHERE s."tenantId" = t.id AND s.step = 'homeserver' AND s.state = 'settled')
  AND t."restsSince" IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM jsonb_array_elements(last.household->'children') AS child
    WHERE child->>'who' = p.part AND child - 'who' - 'paused' = r.rules - 'paused')
