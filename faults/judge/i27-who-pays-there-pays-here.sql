-- Whoever took over a bill here is who pays it at the vendor: with the card that was given for it and no other, and by the address
-- that their letters go to; where no person is asked. A card of somebody who does not pay is forgotten.
SELECT 'who pays' AS what, o.id, o."payerChange" || ' ' || o."payerEmail" AS ours, (c.object->'metadata'->>'payer') || ' ' || (c.object->>'email') AS theirs
FROM "Order" o JOIN ledger.objects c ON c.kind = 'customer' AND c.id = o."stripeCustomerId"
WHERE o.state = 'paid' AND NOT EXISTS (SELECT 1 FROM "Alert" a WHERE a."orderId" = o.id AND a.open IS NOT NULL)
  AND (coalesce(o."payerChange", '') <> coalesce(c.object->'metadata'->>'payer', '')
    OR (o."payerChange" IS NOT NULL AND o."payerEmail" <> c.object->>'email'))
UNION ALL
SELECT 'the card that pays', o.id, s.object->>'default_payment_method', i.object->>'payment_method' FROM "Order" o
JOIN ledger.objects s ON s.kind = 'subscription' AND s.object->'metadata'->>'orderId' = o.id AND s.object->>'status' <> 'canceled'
LEFT JOIN ledger.objects v ON v.kind = 'checkout.session' AND v.object->'metadata'->>'payer' = o."payerChange" AND v.object->>'status' = 'complete'
LEFT JOIN ledger.objects i ON i.kind = 'setup_intent' AND i.id = v.object->>'setup_intent'
WHERE o.state = 'paid' AND o."payerChange" IS NOT NULL
  AND s.object->>'default_payment_method' IS DISTINCT FROM i.object->>'payment_method'
UNION ALL
SELECT 'a card that nobody pays with', o.id, m.id, s.object->>'default_payment_method' FROM "Order" o
JOIN ledger.objects m ON m.kind = 'payment_method' AND m.object->>'customer' = o."stripeCustomerId"
JOIN ledger.objects s ON s.kind = 'subscription' AND s.object->'metadata'->>'orderId' = o.id AND s.object->>'status' <> 'canceled'
WHERE o.state = 'paid' AND s.object->>'default_payment_method' <> m.id
  AND EXISTS (SELECT 1 FROM "BillChange" b WHERE b."orderId" = o.id AND b.kind = 'payer')
  AND NOT EXISTS (SELECT 1 FROM "BillChange" b WHERE b."orderId" = o.id AND b.kind = 'payer' AND b.state IN ('asked', 'wanted'))
  AND NOT EXISTS (SELECT 1 FROM "Alert" a WHERE a."orderId" = o.id AND a.open IS NOT NULL)
