-- No key of ours or of a vendor stands in a log, a job, an error or a row. Every one of this world's has "canary" in it.
SELECT left(entry #>> '{}', 200) AS said FROM ledger.said WHERE entry #>> '{}' LIKE '%canary%'
