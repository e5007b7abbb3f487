-- With nothing going wrong any more, everything is where it ends within ten rounds.
SELECT entry->>'rounds' AS rounds FROM ledger.noted WHERE entry->>'what' = 'calm' AND (entry->>'rounds')::int > 10
