-- A family is charged at most once for a month; a second payment that people made themselves goes back whole.
SELECT order_id, period, count(*) AS charges
FROM ledger.charges c
WHERE minor > (SELECT coalesce(sum(r.minor), 0) FROM ledger.refunds r WHERE r.intent = c.intent AND r.status <> 'failed')
GROUP BY order_id, period HAVING count(*) > 1
UNION ALL
-- A bill of our own is drawn once, whatever was lost in between.
SELECT object->'metadata'->>'billId', to_jsonb('a bill of our own'::text), count(*)
FROM ledger.objects WHERE kind = 'invoice' AND object->'metadata' ? 'billId' AND object->>'status' <> 'void'
GROUP BY 1 HAVING count(*) > 1
