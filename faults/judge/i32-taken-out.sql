-- At rest whoever was taken out of a home that stands is locked out of it, and closed for good once nobody can bring them back;
-- nobody else is. And nobody was closed within the thirty days, nor before it was written down (a database that was set back has
-- forgotten when that was), nor, where somebody asked for that, without being erased.
WITH last AS (
  SELECT DISTINCT ON (m.entry->>'name', m.entry->>'detail') m.entry->>'name' AS name, m.entry->>'detail' AS part,
    m.entry->>'kind' AS kind
  FROM ledger.machines m JOIN ledger.homes h ON h.name = m.entry->>'name'
  WHERE m.entry->>'kind' IN ('account', 'locked', 'unlocked', 'closed')
    AND m.n > (SELECT max(b.n) FROM ledger.machines b WHERE b.entry->>'kind' = 'born' AND b.entry->>'name' = h.name)
  ORDER BY m.entry->>'name', m.entry->>'detail', m.n DESC
), stands AS (
  SELECT t.id, t.name FROM "Tenant" t WHERE t.want = 'present' AND t."readyAt" IS NOT NULL AND t."restsSince" IS NULL
    AND EXISTS (SELECT 1 FROM "StepState" s WHERE s."tenantId" = t.id AND s.step = 'owner' AND s.state = 'settled')
)
SELECT 'taken out, and gets in' AS what, s.name, p.part, l.kind FROM stands s
JOIN "Person" p ON p."tenantId" = s.id AND p."takenOutAt" IS NOT NULL JOIN last l ON l.name = s.name AND l.part = p.part
WHERE l.kind <> CASE WHEN p."goneAt" IS NULL THEN 'locked' ELSE 'closed' END
UNION ALL
SELECT 'locked out, and nobody said so', s.name, l.part, l.kind FROM stands s JOIN last l ON l.name = s.name
WHERE l.kind IN ('locked', 'closed')
  AND NOT EXISTS (SELECT 1 FROM "Person" p WHERE p."tenantId" = s.id AND p.part = l.part AND p."takenOutAt" IS NOT NULL)
UNION ALL
SELECT 'closed too early', t.name, p.part, m.entry->>'at' FROM ledger.machines m
JOIN "Tenant" t ON t.name = m.entry->>'name' JOIN "Person" p ON p."tenantId" = t.id AND p.part = m.entry->>'detail'
WHERE m.entry->>'kind' = 'closed' AND NOT EXISTS (SELECT 1 FROM ledger.noted WHERE entry->>'what' = 'set back')
  AND NOT coalesce((m.entry->>'at')::timestamp >= p."goneAt"
  AND (p."goneAt" >= p."takenOutAt" + interval '30 days' OR p."eraseAskedAt" <= p."goneAt"), false)
UNION ALL
SELECT 'not erased', s.name, p.part, p."eraseAskedAt"::text FROM stands s
JOIN "Person" p ON p."tenantId" = s.id AND p."goneAt" IS NOT NULL AND p."eraseAskedAt" IS NOT NULL
WHERE NOT EXISTS (SELECT 1 FROM ledger.machines m WHERE m.entry->>'kind' = 'erased' AND m.entry->>'name' = s.name
  AND m.entry->>'detail' = p.part)
