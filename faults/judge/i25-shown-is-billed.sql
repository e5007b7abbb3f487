-- What a family was shown before it changed what it pays for is what the vendor bills for the change, line by line and once; and
-- the home that was agreed is the one that is billed, where no person is asked.
SELECT 'shown, and billed' AS what, c.id, s.sums::text AS ours, v.sums::text AS theirs FROM "BillChange" c
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg((l->>'minor')::int ORDER BY (l->>'minor')::int), '{}') AS sums
  FROM jsonb_array_elements(c.terms->'shown'->'lines') l
  WHERE (l->>'proration')::boolean AND l->>'from' = c.terms->>'at'
) s CROSS JOIN LATERAL (
  SELECT coalesce(array_agg((i.object->>'amount')::int ORDER BY (i.object->>'amount')::int), '{}') AS sums
  FROM ledger.objects i JOIN ledger.subscriptions b ON b.id = i.object->'parent'->'subscription_details'->>'subscription'
  WHERE i.kind = 'invoiceitem' AND (i.object->>'proration')::boolean AND b.order_id = c."orderId"
    AND to_timestamp((i.object->'period'->>'start')::int) = (c.terms->>'at')::timestamptz
) v WHERE c.kind = 'terms' AND c.state = 'done' AND (c.terms->>'billed')::boolean AND s.sums <> v.sums
UNION ALL
SELECT 'agreed, and billed', o.id, o.quote->>'homeMinor', i.item->'price'->>'unit_amount' FROM "Order" o
JOIN ledger.objects s ON s.kind = 'subscription' AND s.object->'metadata'->>'orderId' = o.id AND s.object->>'status' <> 'canceled'
CROSS JOIN LATERAL jsonb_array_elements(s.object->'items'->'data') AS i(item)
JOIN ledger.objects p ON p.id = i.item->'price'->>'product' AND p.object->'metadata'->>'what' = 'home'
WHERE o.state = 'paid' AND (i.item->'price'->>'unit_amount')::int <> (o.quote->>'homeMinor')::int
  AND NOT EXISTS (SELECT 1 FROM "Alert" a WHERE a."orderId" = o.id AND a.open IS NOT NULL)
