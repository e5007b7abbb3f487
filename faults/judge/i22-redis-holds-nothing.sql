-- Redis emptied, refused or set back at any moment costs time and nothing else: things end as without it.
SELECT wanted.entry->>'ending' AS wanted, found.entry->>'ending' AS found
FROM ledger.noted redis, ledger.noted wanted, ledger.noted found
WHERE redis.entry->>'what' = 'redis' AND wanted.entry->>'what' = 'ending wanted' AND found.entry->>'what' = 'ending found'
  AND wanted.entry->>'ending' <> found.entry->>'ending'
