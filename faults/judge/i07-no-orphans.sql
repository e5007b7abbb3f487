-- Whatever a vendor has for us belongs to a living row, and whatever a living row says it has is there. What an order had that
-- a database set back does not know any more is put before a person: the payment, and the name with its home.
WITH asked_about AS (SELECT subject AS name FROM "Alert" WHERE open IS NOT NULL AND code = 'name-unknown')
SELECT 'a name without a home' AS what, h.name AS id FROM ledger.held h
WHERE NOT EXISTS (SELECT 1 FROM "Tenant" t WHERE t.name = h.name) AND h.name NOT IN (SELECT name FROM asked_about)
UNION ALL
SELECT 'a home without a family', h.name FROM ledger.homes h
WHERE NOT EXISTS (SELECT 1 FROM "Tenant" t WHERE t.name = h.name AND t.want = 'present')
  AND h.name NOT IN (SELECT name FROM asked_about)
UNION ALL
SELECT 'a line of ours where a home was taken down', l.zone || ' ' || l.type FROM ledger.lines l
WHERE l.comment LIKE 'nameplate: %' AND EXISTS (SELECT 1 FROM "Tenant" t WHERE t.name = l.zone AND t.want = 'gone')
  AND NOT EXISTS (SELECT 1 FROM "Tenant" t WHERE t.name = l.zone AND t.want = 'present')
UNION ALL
SELECT 'a subscription without an order', s.id FROM ledger.subscriptions s
WHERE s.status NOT IN ('canceled', 'incomplete_expired')
  AND NOT EXISTS (SELECT 1 FROM "Order" o WHERE o.id = s.order_id AND o.state NOT IN ('refunded', 'expired'))
  AND NOT EXISTS (SELECT 1 FROM "StrayPayment" p WHERE p."subscriptionId" = s.id AND p."settledHow" IS DISTINCT FROM 'given-back')
UNION ALL
SELECT 'a family without its name', t.name FROM "Tenant" t
WHERE t."readyAt" IS NOT NULL AND t.want = 'present' AND NOT EXISTS (SELECT 1 FROM ledger.held h WHERE h.name = t.name)
  -- One that another registrar has: a question of its own (i28).
  AND NOT EXISTS (SELECT 1 FROM ledger.registry r WHERE r.entry->>'kind' = 'registration.transferred' AND r.entry->>'name' = t.name)
UNION ALL
SELECT 'a family without its home', t.name FROM "Tenant" t
WHERE t."readyAt" IS NOT NULL AND t.want = 'present' AND NOT EXISTS (SELECT 1 FROM ledger.homes h WHERE h.name = t.name)
UNION ALL
-- A family's last wish of its bill, when we call it done, is so at the vendor.
SELECT 'a bill that was stopped goes on', w."orderId" FROM (
  SELECT DISTINCT ON ("orderId") * FROM "BillChange" WHERE kind IN ('stop', 'keep') ORDER BY "orderId", "createdAt" DESC, id DESC
) w JOIN ledger.objects s ON s.kind = 'subscription' AND s.object->'metadata'->>'orderId' = w."orderId"
WHERE w.state = 'done' AND w.kind = 'stop' AND s.object->>'status' <> 'canceled'
  AND (s.object->>'cancel_at_period_end')::boolean IS NOT TRUE
