-- Nobody is let in to a child whom no parent allowed; and at rest a home that stands has each answer that was given, its child is
-- in the room where that was a yes, and no question of it is unknown to the parents.
WITH asked AS (
  SELECT n, entry->>'kind' AS kind, entry->>'name' AS name, (entry->>'detail')::jsonb AS ask
  FROM ledger.machines WHERE entry->>'kind' IN ('asked', 'answered', 'let-in')
), stands AS (
  SELECT t.id, t.name FROM "Tenant" t WHERE t.want = 'present' AND t."readyAt" IS NOT NULL AND t."restsSince" IS NULL
    AND EXISTS (SELECT 1 FROM "StepState" s WHERE s."tenantId" = t.id AND s.step = 'homeserver' AND s.state = 'settled')
    AND NOT EXISTS (SELECT 1 FROM "FailedBell" f WHERE f.id = 'asks-' || t.id AND f."deadAt" IS NOT NULL)
), answers AS (
  SELECT s.name, p.part, a.who, a.room, a.answer, (
    SELECT o.ask->>'answer' FROM asked o WHERE o.kind = 'answered' AND o.name = s.name AND o.ask->>'child' = p.part
      AND o.ask->>'who' = a.who AND o.ask->>'room' = a.room ORDER BY o.n DESC LIMIT 1
  ) AS handed
  FROM stands s JOIN "Ask" a ON a."tenantId" = s.id AND a.answer IS NOT NULL
  JOIN "Person" p ON p.id = a."personId" AND p."takenOutAt" IS NULL
)
SELECT 'let in, and no parent said so' AS what, name, ask->>'who' AS who FROM asked
WHERE kind = 'let-in'
  AND NOT EXISTS (SELECT 1 FROM ledger.noted d WHERE d.entry->>'what' = 'a parent decides'
    AND d.entry->>'who' = ask->>'who' AND d.entry->>'answer' = 'allow')
  AND NOT EXISTS (SELECT 1 FROM "ChildRule" r WHERE r.rules->'contacts'->'people' ? (ask->>'who'))
UNION ALL
SELECT 'the home has another answer', name, who FROM answers WHERE handed IS DISTINCT FROM answer
UNION ALL
SELECT 'allowed, and not in the room', a.name, a.who FROM answers a
WHERE a.answer = 'allow' AND NOT EXISTS (SELECT 1 FROM asked i WHERE i.kind = 'let-in' AND i.name = a.name
  AND i.ask->>'child' = a.part AND i.ask->>'who' = a.who AND i.ask->>'room' = a.room)
UNION ALL
SELECT 'asked, and no parent can see it', q.name, q.ask->>'who' FROM asked q JOIN stands s ON s.name = q.name
JOIN "Person" p ON p."tenantId" = s.id AND p.part = q.ask->>'child' AND p."takenOutAt" IS NULL
WHERE q.kind = 'asked' AND NOT EXISTS (SELECT 1 FROM "Ask" a
  WHERE a."personId" = p.id AND a.who = q.ask->>'who' AND a.room = q.ask->>'room')
