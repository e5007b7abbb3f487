-- With one family stuck, the slowest hundredth of the others take at most twice as long as without it.
SELECT beside.p99 AS beside_the_stuck_one, alone.p99 AS without_it
FROM (SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY (entry->>'seconds')::float) AS p99
      FROM ledger.noted WHERE entry->>'what' = 'lap' AND (entry->>'stuck')::boolean) AS beside,
     (SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY (entry->>'seconds')::float) AS p99
      FROM ledger.noted WHERE entry->>'what' = 'lap' AND NOT (entry->>'stuck')::boolean) AS alone
WHERE beside.p99 > 2 * alone.p99
