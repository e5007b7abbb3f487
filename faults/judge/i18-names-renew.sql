-- The name of every finished home renews by itself, and is ours for more than a month yet. One whose home rests need not,
-- once it is ours until more than a year after the rest began.
SELECT t.name, h.auto_renew, h.at FROM "Tenant" t JOIN ledger.held h ON h.name = t.name
JOIN ledger.noted now ON now.entry->>'what' = 'now'
WHERE t."readyAt" IS NOT NULL AND t.want = 'present'
  AND (NOT h.auto_renew OR h.at + interval '1 year' < (now.entry->>'at')::timestamp + interval '30 days')
  AND NOT (t."restsSince" IS NOT NULL AND h.at > t."restsSince")
