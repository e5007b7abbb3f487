-- An order goes from one state to another only where the design has a way.
SELECT m.order_id, m.before, m.after FROM ledger.moves m
WHERE (m.before, m.after) NOT IN (
  ('draft', 'checkout'), ('draft', 'paid'), ('draft', 'expired'), ('checkout', 'draft'), ('checkout', 'paid'),
  ('paid', 'lost'), ('lost', 'paid'), ('lost', 'refunding'), ('refunding', 'refunded'), ('refunded', 'refunding'))
