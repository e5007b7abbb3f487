-- A family is charged at most once for a month; a second payment that people made themselves goes back whole.
SELECT order_id, period, count(*) AS charges
FROM ledger.charges c
WHERE minor > (SELECT coalesce(sum(r.minor), 0) FROM ledger.refunds r WHERE r.intent = c.intent AND r.status <> 'failed')
GROUP BY order_id, period HAVING count(*) > 1
