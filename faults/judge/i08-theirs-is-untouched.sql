-- A line of the address book that does not carry our mark is never changed and never removed; nor the zone it is in, while
-- its name is ours.
SELECT removed.id, put.line->>'name' AS name, put.line->>'content' AS content
FROM ledger.registry change
CROSS JOIN LATERAL jsonb_array_elements_text(change.entry->'removed') AS removed(id)
JOIN LATERAL (
  SELECT line FROM ledger.registry before CROSS JOIN LATERAL jsonb_array_elements(before.entry->'put') AS line
  WHERE before.entry->>'kind' = 'records.changed' AND line->>'id' = removed.id AND before.n < change.n
  ORDER BY before.n DESC LIMIT 1) AS put ON true
WHERE change.entry->>'kind' = 'records.changed' AND put.line->>'comment' IS DISTINCT FROM 'nameplate: please do not edit'
UNION ALL
SELECT z.entry->>'id', 'the whole zone', '' FROM ledger.registry z
WHERE z.entry->>'kind' = 'zone.deleted' AND EXISTS (SELECT 1 FROM ledger.held h JOIN ledger.zones o ON o.name = h.name
  WHERE o.id = z.entry->>'id') AND EXISTS (
  SELECT 1 FROM ledger.registry before CROSS JOIN LATERAL jsonb_array_elements(before.entry->'put') AS line
  WHERE before.entry->>'kind' = 'records.changed' AND before.entry->>'zoneId' = z.entry->>'id'
    AND line->>'comment' IS DISTINCT FROM 'nameplate: please do not edit')
