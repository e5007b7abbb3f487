-- A home's name is part of every account and every message: it is never another one.
SELECT tenant_id, before, after FROM ledger.renames
