-- A home's key is locked away before it is first used, and a name never gets another.
SELECT m.entry->>'name' AS name, m.entry->>'detail' AS served, k."keyId" AS in_escrow
FROM ledger.machines m LEFT JOIN "SigningKey" k ON k.name = m.entry->>'name'
WHERE m.entry->>'kind' IN ('born', 'key-served') AND k."keyId" IS DISTINCT FROM m.entry->>'detail'
  -- The home of an order that a database set back forgot: its name was put before a person.
  AND NOT EXISTS (SELECT 1 FROM "Alert" a WHERE a.open IS NOT NULL AND a.code = 'name-unknown' AND a.subject = m.entry->>'name')
UNION ALL
SELECT entry->>'name', string_agg(DISTINCT entry->>'detail', ', '), '' FROM ledger.machines
WHERE entry->>'kind' IN ('born', 'key-served') GROUP BY entry->>'name' HAVING count(DISTINCT entry->>'detail') > 1
