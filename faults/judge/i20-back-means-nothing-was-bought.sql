-- Whoever has all the money back has no name bought with it, and has it all.
SELECT o.id, h.name, NULL::bigint AS back FROM "Order" o JOIN "Tenant" t ON t."orderId" = o.id JOIN ledger.held h ON h.name = t.name
WHERE o.state IN ('refunding', 'refunded') AND NOT EXISTS (
  SELECT 1 FROM "Tenant" other JOIN "Order" p ON p.id = other."orderId"
  WHERE other.name = h.name AND p.state = 'paid' AND other."orderId" <> o.id)
UNION ALL
SELECT o.id, o.name, (SELECT sum(r.minor) FROM ledger.refunds r WHERE r.intent = o."paymentIntentId")
FROM "Order" o WHERE o.state = 'refunded' AND o."paidMinor" IS DISTINCT FROM
  (SELECT sum(r.minor) FROM ledger.refunds r WHERE r.intent = o."paymentIntentId" AND r.status = 'succeeded')
