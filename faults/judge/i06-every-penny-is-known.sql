-- Every charge is one that an order, a refund or the copy of a customer's ledger knows, with the same sum, and every sum of
-- ours is at the vendor.
SELECT 'charged, unknown to us' AS what, c.intent, c.minor FROM ledger.charges c
WHERE NOT EXISTS (SELECT 1 FROM "Order" o WHERE o."paymentIntentId" = c.intent AND o."paidMinor" = c.minor)
  AND NOT EXISTS (SELECT 1 FROM "Refund" r WHERE r."paymentIntentId" = c.intent AND r.minor = c.minor)
  -- Whoever came back.
  AND NOT EXISTS (SELECT 1 FROM "Checkout" v WHERE v.state = 'paid' AND v."paymentIntentId" = c.intent AND v."paidMinor" = c.minor)
  -- Before a person, or called settled by one; what a person gave back is a refund.
  AND NOT EXISTS (SELECT 1 FROM "StrayPayment" p LEFT JOIN "Alert" a ON a.subject = p."sessionId" AND a.open IS NOT NULL
    WHERE p."subscriptionId" = c.subscription AND (a.id IS NOT NULL OR p."settledHow" = 'elsewhere'))
  AND NOT EXISTS (SELECT 1 FROM ledger.sessions s JOIN "Order" o ON o.id = s.order_id
    WHERE s.subscription = c.subscription AND o.state IN ('draft', 'checkout') AND o."nextSyncAt" IS NOT NULL)
  -- What came after the first month.
  AND NOT EXISTS (SELECT 1 FROM "Movement" m WHERE c.reason <> 'subscription_create' AND m."paymentIntentId" = c.intent
    AND m.kind = 'charge' AND m.minor = c.minor)
UNION ALL
SELECT 'ours, unknown to the vendor', o."paymentIntentId", o."paidMinor" FROM "Order" o
WHERE o."paidMinor" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM ledger.charges c WHERE c.intent = o."paymentIntentId" AND c.minor = o."paidMinor")
UNION ALL
SELECT 'ours, unknown to the vendor', v."paymentIntentId", v."paidMinor" FROM "Checkout" v
WHERE v.state = 'paid' AND v."paidMinor" > 0
  AND NOT EXISTS (SELECT 1 FROM ledger.charges c WHERE c.intent = v."paymentIntentId" AND c.minor = v."paidMinor")
UNION ALL
-- A home that was paid for again is open, and nothing that was paid for it waits.
SELECT 'paid, and not opened', v.id, v."totalMinor" FROM "Checkout" v WHERE v.state = 'seen'
UNION ALL
SELECT 'given back, unknown to us', r.intent, r.minor FROM ledger.refunds r
WHERE NOT EXISTS (SELECT 1 FROM "Refund" o WHERE r.refund_id LIKE o.id || '%' AND o.minor = r.minor)
UNION ALL
SELECT 'said to be given back, and was not', o."paymentIntentId", o.minor FROM "Refund" o
WHERE o.state = 'done' AND NOT EXISTS (SELECT 1 FROM ledger.refunds r WHERE r.refund_id LIKE o.id || '%' AND r.status = 'succeeded')
UNION ALL
-- Whoever we know as a customer has every charge, refund and dispute of theirs in our copy, and nothing else.
SELECT 'moved, and not in our copy', c.intent, c.minor FROM ledger.charges c JOIN "Customer" k ON k.id = c.customer
WHERE c.booked
  AND NOT EXISTS (SELECT 1 FROM "Movement" m WHERE m."paymentIntentId" = c.intent AND m.kind = 'charge' AND m.minor = c.minor)
UNION ALL
SELECT 'given back, and not in our copy', r.intent, r.minor FROM ledger.refunds r
  JOIN ledger.charges c ON c.intent = r.intent JOIN "Customer" k ON k.id = c.customer
WHERE c.booked
  AND NOT EXISTS (SELECT 1 FROM "Movement" m WHERE m."sourceId" = r.id AND m.kind = 'refund' AND m.minor = -r.minor)
UNION ALL
SELECT 'taken by a bank, and not in our copy', d.object->>'payment_intent', (d.object->>'amount')::int FROM ledger.objects d
  JOIN ledger.charges c ON c.intent = d.object->>'payment_intent' JOIN "Customer" k ON k.id = c.customer
WHERE d.kind = 'dispute' AND jsonb_array_length(d.object->'balance_transactions') > 0
  AND NOT EXISTS (SELECT 1 FROM "Movement" m WHERE m."sourceId" = d.id AND m.kind = 'dispute')
UNION ALL
SELECT 'in our copy, unknown to the vendor', m."paymentIntentId", m.minor FROM "Movement" m
WHERE m.kind = 'charge' AND NOT EXISTS (SELECT 1 FROM ledger.charges c WHERE c.intent = m."paymentIntentId" AND c.minor = m.minor)
UNION ALL
-- The invoices that were paid, less what was credited, are what came, less what went back and stayed there. What a bank took
-- of its own is nothing that we did: no invoice changes by it.
SELECT 'invoices and money differ', k.id, (i.minor - n.minor - m.minor)::int FROM "Customer" k
  CROSS JOIN LATERAL (SELECT coalesce(sum("paidMinor"), 0) AS minor FROM "Invoice" WHERE "customerId" = k.id) i
  CROSS JOIN LATERAL (SELECT coalesce(sum("paidMinor"), 0) AS minor FROM "CreditNote" WHERE "customerId" = k.id AND status = 'issued') n
  CROSS JOIN LATERAL (SELECT coalesce(sum(minor), 0) AS minor FROM "Movement" WHERE "customerId" = k.id AND kind IN ('charge', 'refund', 'refund-failed')) m
  -- A refund that a bank is still asked to take has no credit note yet, nor has one before a person.
WHERE i.minor - n.minor <> m.minor AND NOT EXISTS (SELECT 1 FROM ledger.charges c WHERE c.customer = k.id AND NOT c.booked)
  AND NOT EXISTS (SELECT 1 FROM "Movement" f JOIN "Refund" r ON r."paymentIntentId" = f."paymentIntentId"
    WHERE f."customerId" = k.id AND r.state <> 'done')
