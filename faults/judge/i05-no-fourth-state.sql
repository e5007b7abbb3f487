-- A day after paying, a family has its home, has its money back, or is waited for by a person of ours and knows it.
SELECT o.id, o.state, o.name FROM "Order" o
JOIN ledger.noted now ON now.entry->>'what' = 'now'
WHERE o."paidAt" < (now.entry->>'at')::timestamp - interval '1 day' AND o.state IN ('paid', 'lost', 'refunding')
AND NOT EXISTS (SELECT 1 FROM "Tenant" t WHERE t."orderId" = o.id AND t."readyAt" IS NOT NULL)
AND NOT (o.state = 'lost' AND EXISTS (SELECT 1 FROM "Mail" m WHERE m.cause LIKE 'name-lost:' || o.id || '%'))
AND NOT EXISTS (
  SELECT 1 FROM "Tenant" t JOIN "StepState" s ON s."tenantId" = t.id
  WHERE t."orderId" = o.id AND s.state = 'blocked'
    AND EXISTS (SELECT 1 FROM "Mail" m WHERE m.cause IN ('delayed:' || t.id, 'confirm-email:' || t.id)))
