-- A page never says "ready" before the home was seen from outside, nor that nothing was paid while money is held, nor that
-- it all went back before it did.
SELECT s.entry->>'phase' AS phase, s.entry->>'orderId' AS id, s.entry->>'at' AS at FROM ledger.shown s
WHERE s.entry->>'phase' = 'done' AND NOT EXISTS (
  SELECT 1 FROM ledger.machines m WHERE m.entry->>'kind' = 'seen' AND m.entry->>'name' = s.entry->>'name'
    AND m.entry->>'at' <= s.entry->>'at')
UNION ALL
SELECT s.entry->>'phase', s.entry->>'orderId', s.entry->>'at' FROM ledger.shown s
WHERE s.entry->>'phase' = 'unpaid' AND EXISTS (
  SELECT 1 FROM ledger.charges c WHERE c.order_id = s.entry->>'orderId' AND c.at::timestamp < (s.entry->>'at')::timestamp)
UNION ALL
SELECT s.entry->>'phase', s.entry->>'orderId', s.entry->>'at' FROM ledger.shown s
WHERE s.entry->>'phase' = 'refunded' AND NOT EXISTS (
  SELECT 1 FROM "Refund" r JOIN ledger.stripe v ON v.entry->'object'->>'object' = 'refund'
    AND v.entry->'object'->'metadata'->>'refundId' LIKE r.id || '%' AND v.entry->'object'->>'status' = 'succeeded'
    AND (v.entry->>'at')::timestamp <= (s.entry->>'at')::timestamp
  WHERE r."orderId" = s.entry->>'orderId')
