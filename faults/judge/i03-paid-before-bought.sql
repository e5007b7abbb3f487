-- Nothing is bought that was not paid for before, by the same order, with the sum and currency that the order says.
SELECT s.name, s.at FROM ledger.sold s
WHERE NOT EXISTS (
  SELECT 1 FROM "Tenant" t JOIN "Order" o ON o.id = t."orderId"
  JOIN ledger.charges c ON c.order_id = o.id AND c.minor = o."paidMinor" AND c.currency = o."paidCurrency"
  WHERE t.name = s.name AND c.at::timestamp <= s.at)
-- What a database set back forgot was put before a person by its payment.
AND NOT EXISTS (
  SELECT 1 FROM "StrayPayment" p JOIN ledger.charges c ON c.subscription = p."subscriptionId" AND c.at::timestamp <= s.at)
