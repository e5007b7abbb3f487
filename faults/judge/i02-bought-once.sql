-- A name is bought at most once, and an order buys at most one name.
SELECT 'the name ' || name AS what, count(*) AS bought FROM ledger.sold GROUP BY name HAVING count(*) > 1
UNION ALL
SELECT 'for the order ' || t."orderId", count(DISTINCT s.name)
FROM ledger.sold s JOIN "Tenant" t ON t.name = s.name GROUP BY t."orderId" HAVING count(DISTINCT s.name) > 1
