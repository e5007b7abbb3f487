-- An order goes from one state to another only where the design has a way, and a home's steps are moved by nobody who has lost
-- its lease.
SELECT m.order_id, m.before::text, m.after::text FROM ledger.moves m
WHERE (m.before, m.after) NOT IN (
  ('draft', 'checkout'), ('draft', 'paid'), ('draft', 'expired'), ('checkout', 'draft'), ('checkout', 'paid'),
  ('paid', 'lost'), ('lost', 'paid'), ('lost', 'refunding'), ('refunding', 'refunded'), ('refunded', 'refunding'))
UNION ALL
SELECT w.tenant_id, w.step || ', fence ' || w.fence, 'written while the lease was at ' || w.held FROM ledger.late_writes w
WHERE EXISTS (SELECT 1 FROM "Tenant" t WHERE t.id = w.tenant_id)
