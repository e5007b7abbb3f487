-- One mail for one cause. (A mail server that took a letter and could not say so gets it again under the same
-- Message-ID, which is made of the cause: by it a mailbox knows the letter.)
SELECT m.cause, count(*) AS mails FROM "Mail" m GROUP BY m.cause HAVING count(*) > 1
UNION ALL
SELECT l.entry->>'subject', count(DISTINCT l.entry->>'id') FROM ledger.letters l
GROUP BY l.entry->>'subject', l.entry->>'to', l.entry->>'text' HAVING count(DISTINCT l.entry->>'id') > 1
