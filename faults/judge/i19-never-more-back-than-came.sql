-- No payment is given back more than once or by more than it was, and no cause has two refunds.
SELECT r.intent AS what, sum(r.minor) AS back FROM ledger.refunds r WHERE r.status <> 'failed'
GROUP BY r.intent HAVING sum(r.minor) > (SELECT coalesce(sum(c.minor), 0) FROM ledger.charges c WHERE c.intent = r.intent)
UNION ALL
SELECT 'refund ' || r.refund_id, count(*) FROM ledger.refunds r WHERE r.status <> 'failed'
GROUP BY r.refund_id HAVING count(*) > 1
