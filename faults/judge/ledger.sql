-- What the vendors and our own machines remember, beside the product's tables. The product cannot write here: each row
-- comes from a ledger of a stand-in, or from a trigger that the product does not know of.
CREATE SCHEMA IF NOT EXISTS ledger;

-- One row an entry, in the order in which things happened.
CREATE TABLE IF NOT EXISTS ledger.stripe (n serial PRIMARY KEY, entry jsonb NOT NULL);
CREATE TABLE IF NOT EXISTS ledger.registry (n serial PRIMARY KEY, entry jsonb NOT NULL);
CREATE TABLE IF NOT EXISTS ledger.machines (n serial PRIMARY KEY, entry jsonb NOT NULL);
CREATE TABLE IF NOT EXISTS ledger.letters (n serial PRIMARY KEY, entry jsonb NOT NULL);
-- What was written to a log, and whatever else must hold no secret: rows of our tables, payloads of jobs.
CREATE TABLE IF NOT EXISTS ledger.said (n serial PRIMARY KEY, entry jsonb NOT NULL);
-- What a buyer's page showed at a moment: {orderId, at, phase}.
CREATE TABLE IF NOT EXISTS ledger.shown (n serial PRIMARY KEY, entry jsonb NOT NULL);
-- What the case itself measured or expects: {what, ...}.
CREATE TABLE IF NOT EXISTS ledger.noted (n serial PRIMARY KEY, entry jsonb NOT NULL);

CREATE TABLE IF NOT EXISTS ledger.moves (n serial PRIMARY KEY, order_id text, before text, after text);
CREATE TABLE IF NOT EXISTS ledger.renames (n serial PRIMARY KEY, tenant_id text, before text, after text);

CREATE TABLE IF NOT EXISTS ledger.late_writes (n serial PRIMARY KEY, tenant_id text, step text, fence bigint, held bigint);

CREATE OR REPLACE FUNCTION ledger.note_move() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO ledger.moves (order_id, before, after) VALUES (NEW.id, OLD.state, NEW.state);
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER note_move AFTER UPDATE ON "Order" FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION ledger.note_move();

CREATE OR REPLACE FUNCTION ledger.note_rename() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO ledger.renames (tenant_id, before, after) VALUES (NEW.id, OLD.name, NEW.name);
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER note_rename AFTER UPDATE ON "Tenant" FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION ledger.note_rename();

-- Whoever writes with an older fence than the home's lease has now had lost it.
CREATE OR REPLACE FUNCTION ledger.note_late_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO ledger.late_writes (tenant_id, step, fence, held)
    SELECT NEW."tenantId", NEW.step, NEW.fence, t.fence FROM public."Tenant" t WHERE t.id = NEW."tenantId" AND t.fence > NEW.fence;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER note_late_write AFTER INSERT OR UPDATE ON "StepState" FOR EACH ROW EXECUTE FUNCTION ledger.note_late_write();
CREATE OR REPLACE TRIGGER note_late_write AFTER INSERT ON "Attempt" FOR EACH ROW EXECUTE FUNCTION ledger.note_late_write();

-- The next statement that writes into the product's tables fails with this code, once. A sequence counts, for what it
-- counted is not undone with the transaction that failed.
CREATE SEQUENCE IF NOT EXISTS ledger.writes;
CREATE TABLE IF NOT EXISTS ledger.refusal (nth bigint NOT NULL, code text NOT NULL);
CREATE OR REPLACE FUNCTION ledger.refuse_next(wanted text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO ledger.refusal VALUES (nextval('ledger.writes') + 1, wanted);
$$;
CREATE OR REPLACE FUNCTION ledger.count_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  this bigint := nextval('ledger.writes');
  wanted text;
BEGIN
  SELECT code INTO wanted FROM ledger.refusal WHERE nth = this;
  IF wanted IS NOT NULL THEN RAISE EXCEPTION 'planned in this world' USING ERRCODE = wanted; END IF;
  RETURN NULL;
END $$;
DO $$
DECLARE
  t text;
BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\_%' LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER count_write BEFORE INSERT OR UPDATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION ledger.count_write()', t);
  END LOOP;
END $$;

-- What follows is made anew for each judgement (judge.ts), so that a question may ask it as often as it likes.
-- Stripe: the newest form of each object, and how money, subscription and order belong together.
CREATE TABLE IF NOT EXISTS ledger.objects AS
  SELECT DISTINCT ON (entry->'object'->>'id') entry->'object'->>'id' AS id, entry->'object'->>'object' AS kind,
    entry->'object' AS object
  FROM ledger.stripe WHERE entry ? 'object' ORDER BY entry->'object'->>'id', n DESC;

CREATE TABLE IF NOT EXISTS ledger.sessions AS
  SELECT id, object->>'client_reference_id' AS order_id, object->'metadata'->>'checkoutId' AS checkout_id,
    object->>'status' AS status, object->>'payment_status' AS payment_status, object->>'subscription' AS subscription
  FROM ledger.objects WHERE kind = 'checkout.session';

CREATE TABLE IF NOT EXISTS ledger.subscriptions AS
  SELECT id, object->>'status' AS status, object->'metadata'->>'orderId' AS order_id
  FROM ledger.objects WHERE kind = 'subscription';

-- One row a successful charge. `period` is the month it was for, by its invoice.
CREATE TABLE IF NOT EXISTS ledger.charges AS
  SELECT c.entry->'object'->>'payment_intent' AS intent, (c.entry->'object'->>'amount')::int AS minor,
    upper(c.entry->'object'->>'currency') AS currency, c.entry->>'at' AS at, c.entry->'object'->>'customer' AS customer,
    -- In the vendor's account of our money. The stand-in of the first recorded release (histories/) kept no such account.
    EXISTS (SELECT 1 FROM ledger.objects b WHERE b.kind = 'balance_transaction'
      AND b.id = c.entry->'object'->>'balance_transaction') AS booked,
    s.id AS subscription, s.order_id,
    i.object->'period_end' AS period, i.object->>'billing_reason' AS reason
  FROM ledger.stripe c
  LEFT JOIN ledger.objects p ON p.kind = 'invoice_payment'
    AND p.object->'payment'->>'payment_intent' = c.entry->'object'->>'payment_intent'
  LEFT JOIN ledger.objects i ON i.id = p.object->>'invoice'
  LEFT JOIN ledger.subscriptions s ON s.id = i.object->'parent'->'subscription_details'->>'subscription'
  WHERE c.entry->>'kind' = 'charge.succeeded';

CREATE TABLE IF NOT EXISTS ledger.refunds AS
  SELECT id, object->>'payment_intent' AS intent, (object->>'amount')::int AS minor, object->>'status' AS status,
    object->'metadata'->>'refundId' AS refund_id
  FROM ledger.objects WHERE kind = 'refund';

-- The registrar: what was asked, sold and is held.
CREATE TABLE IF NOT EXISTS ledger.posts AS
  SELECT n, entry->>'name' AS name, (entry->>'at')::timestamp AS at
  FROM ledger.registry WHERE entry->>'kind' = 'registrations.create.received';

CREATE TABLE IF NOT EXISTS ledger.sold AS
  SELECT n, entry->'order'->>'name' AS name, (entry->>'at')::timestamp AS at, entry->'order' AS terms
  FROM ledger.registry WHERE entry->>'kind' = 'registered';

CREATE TABLE IF NOT EXISTS ledger.held AS
  SELECT s.name, s.at + (SELECT count(*) FROM ledger.registry n
    WHERE n.entry->>'kind' = 'registration.renewed' AND n.entry->>'name' = s.name) * interval '1 year' AS at, coalesce((
    SELECT (c.entry->>'autoRenew')::boolean FROM ledger.registry c
    WHERE c.entry->>'kind' = 'registration.changed' AND c.entry->>'name' = s.name ORDER BY c.n DESC LIMIT 1
  ), (s.terms->>'autoRenew')::boolean) AS auto_renew
  FROM ledger.sold s WHERE NOT EXISTS (
    SELECT 1 FROM ledger.registry r
    WHERE r.entry->>'kind' IN ('registration.removed', 'registration.transferred') AND r.entry->>'name' = s.name AND r.n > s.n);

-- Each zone by its id, the ones that came with a name too.
CREATE TABLE IF NOT EXISTS ledger.zones AS
  SELECT entry->>'id' AS id, entry->>'name' AS name FROM ledger.registry WHERE entry->>'kind' = 'zone.created'
  UNION SELECT entry->>'zoneId', entry->'order'->>'name' FROM ledger.registry WHERE entry->>'kind' = 'registered';

-- Each line of an address book that is still there.
CREATE TABLE IF NOT EXISTS ledger.lines AS
  SELECT DISTINCT ON (line->>'id') line->>'id' AS id, z.name AS zone, line->>'type' AS type, line->>'comment' AS comment
  FROM ledger.registry p CROSS JOIN LATERAL jsonb_array_elements(p.entry->'put') AS line
  JOIN ledger.zones z ON z.id = p.entry->>'zoneId'
  WHERE p.entry->>'kind' = 'records.changed' AND NOT EXISTS (
    SELECT 1 FROM ledger.registry r WHERE r.n > p.n AND (
      (r.entry->>'kind' = 'records.changed' AND r.entry->'removed' ? (line->>'id'))
      OR (r.entry->>'kind' = 'zone.deleted' AND r.entry->>'id' = p.entry->>'zoneId')))
  ORDER BY line->>'id', p.n DESC;

-- Our machines: homes that were born and not removed, and what is published.
CREATE TABLE IF NOT EXISTS ledger.homes AS
  SELECT b.entry->>'name' AS name FROM ledger.machines b WHERE b.entry->>'kind' = 'born' AND NOT EXISTS (
    SELECT 1 FROM ledger.machines r
    WHERE r.entry->>'kind' = 'removed' AND r.entry->>'name' = b.entry->>'name' AND r.n > b.n);
