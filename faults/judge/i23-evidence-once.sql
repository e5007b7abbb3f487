-- A bank reads evidence once, and we send it once.
SELECT id, object->'evidence_details'->>'submission_count' AS times FROM ledger.objects
WHERE kind = 'dispute' AND (object->'evidence_details'->>'submission_count')::int > 1
