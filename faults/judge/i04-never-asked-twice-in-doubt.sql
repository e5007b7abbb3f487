-- While one request to register is not settled there is no second one: an hour's doubt is worth less than a name bought twice.
-- A second one within a minute is right only when the first is known to have done nothing.
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
