-- A home with children always has a parent, and no more than two; whoever may decide there is one of them; and at rest the home knows
-- who can always be written to: whoever runs it, and each other parent who has a Matrix id.
WITH home AS (
  SELECT t.id, t.name, t."ownerIsParent", t."restsSince", o.email FROM "Tenant" t JOIN "Order" o ON o.id = t."orderId"
  WHERE t.want = 'present' AND EXISTS (SELECT 1 FROM "Person" p WHERE p."tenantId" = t.id AND p.kind = 'child')
), other AS (
  SELECT h.id, r."userId", r."personId", r."matrixId" FROM home h JOIN "Parent" r ON r."tenantId" = h.id
  WHERE r."joinedAt" IS NOT NULL AND r."leftAt" IS NULL AND r.email <> lower(h.email)
), told AS (
  SELECT DISTINCT ON (entry->>'name') entry->>'name' AS name, (entry->>'detail')::jsonb->'parents' AS parents
  FROM ledger.machines WHERE entry->>'kind' = 'told' ORDER BY entry->>'name', n DESC
), wanted AS (
  SELECT h.id, h.name, (
    SELECT array_agg(DISTINCT one ORDER BY one) FROM (
      SELECT p.part AS one FROM "Person" p WHERE p."tenantId" = h.id AND p."runsHome"
      UNION SELECT COALESCE(p.part, r."matrixId") FROM other r LEFT JOIN "Person" p ON p.id = r."personId" WHERE r.id = h.id
    ) AS those WHERE one IS NOT NULL
  ) AS parents
  FROM home h WHERE h."restsSince" IS NULL
    AND EXISTS (SELECT 1 FROM "StepState" s WHERE s."tenantId" = h.id AND s.step = 'homeserver' AND s.state = 'settled')
)
SELECT 'looked after by so many' AS what, h.name, n::text AS detail
FROM home h, LATERAL (SELECT h."ownerIsParent"::int + (SELECT count(*) FROM other r WHERE r.id = h.id) AS n) AS counted
WHERE n NOT BETWEEN 1 AND 2
UNION ALL
SELECT 'may decide, and is no parent', h.name, m."userId" FROM home h JOIN "Membership" m ON m."tenantId" = h.id AND m.role = 'parent'
WHERE NOT EXISTS (SELECT 1 FROM other r WHERE r.id = h.id AND r."userId" = m."userId")
UNION ALL
SELECT 'a parent, and may not decide', h.name, r."userId" FROM home h JOIN other r ON r.id = h.id
WHERE NOT EXISTS (SELECT 1 FROM "Membership" m WHERE m."tenantId" = h.id AND m."userId" = r."userId")
UNION ALL
SELECT 'the home knows other parents', w.name, told.parents::text FROM wanted w LEFT JOIN told ON told.name = w.name
WHERE w.parents IS DISTINCT FROM
  (SELECT array_agg(one ORDER BY one) FROM jsonb_array_elements_text(COALESCE(told.parents, '[]'::jsonb)) AS one)
