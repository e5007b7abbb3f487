-- A name that another registrar has is never bought again, and its family has no money back for it: their home stands, and either
-- we know that it left, or a person is asked.
SELECT t.entry->>'name' AS name, 'asked for again' AS what FROM ledger.registry t JOIN ledger.registry again
  ON again.entry->>'kind' = 'registrations.create.received' AND again.entry->>'name' = t.entry->>'name' AND again.n > t.n
WHERE t.entry->>'kind' = 'registration.transferred'
UNION ALL
SELECT o.name, 'paid back' FROM ledger.registry t JOIN "Order" o ON o.name = t.entry->>'name'
WHERE t.entry->>'kind' = 'registration.transferred'
  AND (o.state IN ('lost', 'refunding', 'refunded') OR EXISTS (SELECT 1 FROM "Refund" r WHERE r."orderId" = o.id))
UNION ALL
SELECT h.name, 'forgotten' FROM ledger.registry t JOIN "Tenant" h ON h.name = t.entry->>'name'
WHERE t.entry->>'kind' = 'registration.transferred' AND h.want = 'present' AND h."nameLeftAt" IS NULL
  AND NOT EXISTS (SELECT 1 FROM "Alert" a WHERE a."tenantId" = h.id AND a.open IS NOT NULL)
