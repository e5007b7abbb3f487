-- Nothing of a stranger of ours stays: at rest none has an account, no home remembers one and no parent was asked about one. Each
-- trial has come to an end: with ten results, or with why there are none.
WITH came AS (
  SELECT DISTINCT ON (entry->>'detail') entry->>'detail' AS who, entry->>'kind' AS kind
  FROM ledger.machines WHERE entry->>'kind' IN ('stranger-came', 'stranger-went')
  ORDER BY entry->>'detail', n DESC
), remembered AS (
  SELECT DISTINCT ON (entry->>'detail') entry->>'detail' AS who, entry->>'kind' AS kind
  FROM ledger.machines WHERE entry->>'kind' IN ('stranger-remembered', 'stranger-forgotten')
  ORDER BY entry->>'detail', n DESC
)
SELECT 'a stranger still has an account' AS what, who FROM came WHERE kind = 'stranger-came'
UNION ALL
SELECT 'a home remembers a stranger', who FROM remembered WHERE kind = 'stranger-remembered'
UNION ALL
SELECT 'a parent was asked about a stranger of ours', who FROM "Ask" WHERE who LIKE '%:stranger.nameplate.test'
UNION ALL
SELECT 'a trial has no end', id FROM "Trial" WHERE state IN ('wanted', 'running') OR "nextTryAt" IS NOT NULL
UNION ALL
SELECT 'a trial is done without ten results', id FROM "Trial"
WHERE state = 'done' AND (results IS NULL OR jsonb_array_length(results) <> 10)
UNION ALL
SELECT 'a trial failed, and nobody knows why', id FROM "Trial" WHERE state = 'failed' AND detail IS NULL
UNION ALL
SELECT 'got through against the rules', id FROM "Trial" WHERE results @> '[{"outcome": "through"}]'
