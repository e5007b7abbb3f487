-- One mail for one cause. (A mail server that took a letter and could not say so gets it again under the same
-- Message-ID, by which a mailbox knows it.)
SELECT m.cause, count(DISTINCT l.entry->>'id') AS letters
FROM ledger.letters l JOIN "Mail" m ON m.id = l.entry->>'id' GROUP BY m.cause HAVING count(DISTINCT l.entry->>'id') > 1
UNION ALL
SELECT l.entry->>'subject', count(DISTINCT l.entry->>'id') FROM ledger.letters l
GROUP BY l.entry->>'subject', l.entry->>'to', l.entry->>'text' HAVING count(DISTINCT l.entry->>'id') > 1
