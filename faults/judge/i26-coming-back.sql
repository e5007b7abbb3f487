-- A family that goes and comes back pays for the first year of its name once: a twelfth is rounded up to a penny, and no more.
SELECT 'paid twice for a year of the name' AS what, o.id, sum(l.minor + l."offMinor")::int AS paid, (o.quote->>'nameYearMinor')::int AS price
FROM "Order" o
CROSS JOIN LATERAL (SELECT min(s."startedAt") AS at FROM "Subscription" s WHERE s."orderId" = o.id) b
JOIN "Customer" c ON c."orderId" = o.id
JOIN "Invoice" i ON i."customerId" = c.id AND i.status IN ('paid', 'open')
JOIN "InvoiceLine" l ON l."invoiceId" = i.id AND l.what IN ('name', 'rest-of-name') AND NOT l.proration
WHERE l."fromAt" < b.at + interval '1 year' - interval '1 day'
  AND NOT EXISTS (SELECT 1 FROM "Refund" r WHERE r."subscriptionId" = i."subscriptionId")
GROUP BY o.id, o.quote HAVING sum(l.minor + l."offMinor") > (o.quote->>'nameYearMinor')::int + 11
UNION ALL
-- What goes back as a second payment was one: another bill of theirs ran then, or begins while it does.
SELECT 'gone back, and nothing else was paid', r."orderId", r.minor, NULL FROM "Refund" r
JOIN ledger.objects mine ON mine.kind = 'subscription' AND mine.id = r."subscriptionId"
WHERE r.cause LIKE 'paid-twice:%' AND NOT EXISTS (
  SELECT 1 FROM ledger.objects other WHERE other.kind = 'subscription' AND other.id <> mine.id
    AND other.object->'metadata'->>'orderId' = r."orderId"
    AND coalesce((other.object->>'ended_at')::bigint, 32503680000) >= (mine.object->>'start_date')::bigint
    AND (other.object->>'start_date')::bigint <= coalesce((mine.object->>'ended_at')::bigint, 32503680000))
