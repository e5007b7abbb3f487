-- A year of a name costs more than was agreed only when the family was told a fortnight before, and more than a quarter above that
-- only with their yes; and its price asks for nothing of a period that runs already.
SELECT 'raised, and not told in time' AS what, y."orderId" AS id, y."priceMinor" AS minor FROM "NameYear" y
WHERE y."priceMinor" > y."agreedMinor" AND NOT EXISTS (
  SELECT 1 FROM "Mail" m WHERE m.kind = 'name-dearer' AND m.values->>'orderId' = y."orderId"
    AND (m.values->>'year')::int = y.year AND m."createdAt" <= y."beginsAt" - interval '14 days')
UNION ALL
SELECT 'raised by more than a quarter, without a yes', y."orderId", y."priceMinor" FROM "NameYear" y
WHERE y."priceMinor" * 4 > y."agreedMinor" * 5 AND y.answer IS DISTINCT FROM 'yes'
UNION ALL
SELECT 'asked for a period that ran already', i.object->'parent'->'subscription_details'->>'subscription',
  (i.object->>'amount')::int FROM ledger.objects i
JOIN ledger.objects p ON p.kind = 'product' AND p.id = i.object->'pricing'->'price_details'->>'product'
WHERE i.kind = 'invoiceitem' AND (i.object->>'proration')::boolean AND p.object->'metadata'->>'what' = 'name'
UNION ALL
-- The line at the vendor is the year's, to the penny.
SELECT 'otherwise in the bill', y."orderId", (l->>'minor')::int FROM "NameYear" y
JOIN "Subscription" s ON s."orderId" = y."orderId" AND s."endedAt" IS NULL
CROSS JOIN LATERAL jsonb_array_elements(s.lines) l
WHERE y."writtenAt" IS NOT NULL AND l->>'what' = 'name'
  AND NOT EXISTS (SELECT 1 FROM "NameYear" n WHERE n."orderId" = y."orderId" AND n.year > y.year)
  AND (l->>'minor')::int <> CASE s.period WHEN 'month' THEN ceil(y."priceMinor" / 12.0)::int ELSE y."priceMinor" END
