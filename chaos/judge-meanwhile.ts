/** Until faults/judge is there: the plainest of the invariants, over the ledgers as they lie. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";

const files = { stripe: "stripe.jsonl", cloudflare: "ledger.jsonl", mail: "ledger.jsonl" } as const;

const checks: Readonly<Record<string, string>> = {
  "I1 more than one charge stands for an order": `
    SELECT o."name", count(*) FROM "Order" o JOIN checkout s ON s.order_id = o."id" JOIN charge c ON c.customer = s.customer
    WHERE NOT EXISTS (SELECT 1 FROM refund r WHERE r.charge = c.id) GROUP BY 1 HAVING count(*) > 1`,
  "I2 a name was bought more than once": `SELECT name, count(*) FROM registered GROUP BY 1 HAVING count(*) > 1`,
  "I2 an order bought more than one name": `
    SELECT o."name", count(*) FROM "Order" o JOIN "Tenant" t ON t."orderId" = o."id" JOIN registered r ON r.name = t."name"
    GROUP BY 1 HAVING count(*) > 1`,
  "I3 a name was bought without an order that was paid": `
    SELECT r.name FROM registered r WHERE NOT EXISTS (
      SELECT 1 FROM "Tenant" t JOIN "Order" o ON o."id" = t."orderId" WHERE t."name" = r.name AND o."paidAt" <= r.at)`,
  "I6 money was taken that no order knows": `
    SELECT c.id FROM charge c WHERE NOT EXISTS (
      SELECT 1 FROM checkout s JOIN "Order" o ON o."id" = s.order_id WHERE s.customer = c.customer AND o."paidAt" IS NOT NULL)`,
  // A letter that is sent again has its Message-ID again: mailboxes show it once.
  "I17 two letters for one cause": `
    SELECT recipient, subject, count(DISTINCT message) FROM mail GROUP BY 1, 2 HAVING count(DISTINCT message) > 1`,
  "I19 a charge was given back more than once": `SELECT charge, count(*) FROM refund GROUP BY 1 HAVING count(*) > 1`,
  "I19 money of an order that went back still stands, or the other way round": `
    SELECT o."name", o."state" FROM "Order" o WHERE o."paidAt" IS NOT NULL AND (o."state" = 'refunded') = EXISTS (
      SELECT 1 FROM checkout s JOIN charge c ON c.customer = s.customer WHERE s.order_id = o."id"
      AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.charge = c.id))`,
  "I18 a home whose name does not renew": `
    SELECT t."name" FROM "Tenant" t WHERE t."readyAt" IS NOT NULL AND t."want" = 'present'
    AND NOT EXISTS (SELECT 1 FROM registered r WHERE r.name = t."name" AND r.renews)`,
};

const tables = `
  CREATE TEMP TABLE entry (vendor text, at timestamptz, entry jsonb);
  CREATE TEMP VIEW charge AS SELECT entry->'object'->>'id' AS id, entry->'object'->>'customer' AS customer
    FROM entry WHERE entry->>'kind' = 'charge.succeeded';
  CREATE TEMP VIEW refund AS SELECT entry->'object'->>'id' AS id, entry->'object'->>'charge' AS charge
    FROM entry WHERE entry->>'kind' = 'refund.created';
  CREATE TEMP VIEW checkout AS SELECT entry->'object'->>'client_reference_id' AS order_id, entry->'object'->>'customer' AS customer
    FROM entry WHERE entry->>'kind' = 'checkout.session.completed';
  CREATE TEMP VIEW registered AS SELECT entry->'order'->>'name' AS name, (entry->'order'->>'autoRenew')::boolean AS renews, at
    FROM entry WHERE entry->>'kind' = 'registered';
  CREATE TEMP VIEW mail AS SELECT entry->'mail'->'recipients'->>0 AS recipient, entry->'mail'->>'subject' AS subject,
    entry->'mail'->>'messageId' AS message
    FROM entry WHERE entry->>'kind' = 'mail.received'`;

export async function judge(db: pg.Client, ledgers: string): Promise<readonly string[]> {
  await db.query(tables);
  for (const [vendor, name] of Object.entries(files)) {
    const file = join(ledgers, vendor, name);
    if (!existsSync(file)) continue;
    const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
    const entries = lines.flatMap((line) => JSON.parse(line) as { at: string } | { at: string }[]);
    await db.query("INSERT INTO entry SELECT $1, (e->>'at')::timestamptz, e FROM jsonb_array_elements($2::jsonb) e", [
      vendor,
      JSON.stringify(entries),
    ]);
  }
  const failed: string[] = [];
  for (const [name, sql] of Object.entries(checks)) {
    const { rows } = await db.query(sql);
    if (rows.length > 0)
      failed.push(
        `${name}: ${rows
          .slice(0, 5)
          .map((row) => JSON.stringify(row))
          .join(" ")}`,
      );
  }
  return failed;
}
