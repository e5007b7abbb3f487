-- Every charge is one that an order or a refund of ours knows, with the same sum, and every sum of ours is at the vendor.
-- A renewal is known by its subscription: the product keeps nothing of the months after the first yet.
SELECT 'charged, unknown to us' AS what, c.intent, c.minor FROM ledger.charges c
WHERE NOT EXISTS (SELECT 1 FROM "Order" o WHERE o."paymentIntentId" = c.intent AND o."paidMinor" = c.minor)
  AND NOT EXISTS (SELECT 1 FROM "Refund" r WHERE r."paymentIntentId" = c.intent AND r.minor = c.minor)
  -- Before a person, or called settled by one; what a person gave back is a refund.
  AND NOT EXISTS (SELECT 1 FROM "StrayPayment" p LEFT JOIN "Alert" a ON a.subject = p."sessionId" AND a.open IS NOT NULL
    WHERE p."subscriptionId" = c.subscription AND (a.id IS NOT NULL OR p."settledHow" = 'elsewhere'))
  AND NOT EXISTS (SELECT 1 FROM ledger.sessions s JOIN "Order" o ON o.id = s.order_id
    WHERE s.subscription = c.subscription AND o.state IN ('draft', 'checkout') AND o."nextSyncAt" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "Order" o WHERE c.reason = 'subscription_cycle' AND o."stripeSubscriptionId" = c.subscription)
UNION ALL
SELECT 'ours, unknown to the vendor', o."paymentIntentId", o."paidMinor" FROM "Order" o
WHERE o."paidMinor" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM ledger.charges c WHERE c.intent = o."paymentIntentId" AND c.minor = o."paidMinor")
UNION ALL
SELECT 'given back, unknown to us', r.intent, r.minor FROM ledger.refunds r
WHERE NOT EXISTS (SELECT 1 FROM "Refund" o WHERE r.refund_id LIKE o.id || '%' AND o.minor = r.minor)
UNION ALL
SELECT 'said to be given back, and was not', o."paymentIntentId", o.minor FROM "Refund" o
WHERE o.state = 'done' AND NOT EXISTS (SELECT 1 FROM ledger.refunds r WHERE r.refund_id LIKE o.id || '%' AND r.status = 'succeeded')
