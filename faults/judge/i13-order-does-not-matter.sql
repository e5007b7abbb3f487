-- How things end depends on what happened, not on how often or in which order we were told.
SELECT wanted.entry->>'ending' AS wanted, found.entry->>'ending' AS found
FROM ledger.noted wanted, ledger.noted found
WHERE wanted.entry->>'what' = 'ending wanted' AND found.entry->>'what' = 'ending found'
  AND wanted.entry->>'ending' <> found.entry->>'ending'
