-- While one request to register is not settled there is no second one: an hour's doubt is worth less than a name bought twice.
-- A second one within a minute is right only when the first is known to have done nothing, none is right while the registry
-- works on the first, and each was written down before (a database that was set back has forgotten that).
SELECT later.name, earlier.at AS first, later.at AS second
FROM ledger.posts earlier JOIN ledger.posts later ON later.name = earlier.name AND later.n > earlier.n
WHERE later.at < earlier.at + interval '60 seconds' AND NOT EXISTS (
  SELECT 1 FROM "Attempt" a JOIN "Tenant" t ON t.id = a."tenantId"
  WHERE t.name = earlier.name AND a.step = 'domain' AND a.outcome IN ('refused', 'not-done', 'cleared')
    AND a."startedAt" BETWEEN earlier.at - interval '60 seconds' AND earlier.at)
UNION ALL
SELECT name, min(at), max(at) FROM ledger.posts p GROUP BY name
HAVING count(*) > 2 + (SELECT count(*) FROM "Attempt" a JOIN "Tenant" t ON t.id = a."tenantId"
  WHERE t.name = p.name AND a.step = 'domain' AND a.outcome IN ('refused', 'not-done', 'cleared'))
UNION ALL
SELECT later.name, (begun.entry->>'at')::timestamp, later.at
FROM ledger.posts later JOIN ledger.registry begun ON begun.n < later.n
  AND begun.entry->>'kind' = 'workflow.begun' AND begun.entry->'workflow'->'order'->>'name' = later.name
WHERE NOT EXISTS (
  SELECT 1 FROM ledger.registry over WHERE over.n BETWEEN begun.n AND later.n AND (
    (over.entry->>'kind' = 'registered' AND over.entry->'order'->>'name' = later.name)
    OR (over.entry->>'kind' = 'workflow.moved' AND over.entry->>'name' = later.name AND over.entry->>'state' = 'failed')))
UNION ALL
SELECT p.name, p.at, NULL FROM ledger.posts p
WHERE (SELECT count(*) FROM ledger.posts q WHERE q.name = p.name AND q.n <= p.n) > (
    SELECT count(*) FROM "Attempt" a JOIN "Tenant" t ON t.id = a."tenantId"
    WHERE t.name = p.name AND a.step = 'domain' AND a.once AND a."startedAt" <= p.at)
  AND NOT EXISTS (SELECT 1 FROM ledger.noted WHERE entry->>'what' = 'set back')
