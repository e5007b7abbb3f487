-- A day after paying, a family has its home, has its money back, or knows that it waits: for an answer of its own, or for a
-- person of ours who has an open alert. There is no fourth state.
SELECT o.id, o.state, o.name FROM "Order" o
JOIN ledger.noted now ON now.entry->>'what' = 'now'
WHERE o."paidAt" < (now.entry->>'at')::timestamp - interval '1 day' AND o.state IN ('paid', 'lost', 'refunding')
AND NOT EXISTS (SELECT 1 FROM "Tenant" t WHERE t."orderId" = o.id AND t."readyAt" IS NOT NULL)
AND NOT (o.state = 'lost' AND EXISTS (SELECT 1 FROM "Mail" m WHERE m.cause LIKE 'name-lost:' || o.id || '%'))
AND NOT EXISTS (SELECT 1 FROM "Tenant" t JOIN "Mail" m ON m.cause = 'confirm-email:' || t.id WHERE t."orderId" = o.id)
AND NOT EXISTS (
  SELECT 1 FROM "Alert" a WHERE a.open IS NOT NULL AND (
    a."orderId" = o.id OR a."tenantId" IN (SELECT t.id FROM "Tenant" t WHERE t."orderId" = o.id))
  AND (o.state = 'refunding' OR EXISTS (
    SELECT 1 FROM "Tenant" t JOIN "Mail" m ON m.cause = 'delayed:' || t.id WHERE t."orderId" = o.id)))
