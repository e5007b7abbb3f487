import { Prisma } from "@/lib/generated/prisma/client.ts";

/**
 * Every sum of the report as a row of its own: whose, in which currency, when, on which line. Invoices and credit notes come
 * from one side of the vendor's books, movements from the other; only `under-way` knows both, and only of payments whose
 * refund our own row says is not over.
 */
export const moneyRows = Prisma.sql`(
  SELECT i."customerId", i.currency, i."paidAt" AS at, l.minor,
    CASE WHEN l.what LIKE 'add-on:%' THEN 'add-ons' ELSE l.what END AS line
  FROM "InvoiceLine" l JOIN "Invoice" i ON i.id = l."invoiceId" WHERE i.status = 'paid'
  UNION ALL
  SELECT i."customerId", i.currency, i."paidAt", v.minor, v.line FROM "Invoice" i
  CROSS JOIN LATERAL (VALUES ('tax', i."taxMinor"), ('invoiced', i."totalMinor"), ('paid', i."paidMinor"),
    -- What was not paid with money: credit that was kept, or that a bill below zero leaves.
    ('credit', i."paidMinor" - i."totalMinor")) AS v (line, minor) WHERE i.status = 'paid'
  UNION ALL
  SELECT n."customerId", n.currency, n."createdAt", -n."paidMinor", 'credited' FROM "CreditNote" n WHERE n.status = 'issued'
  UNION ALL
  SELECT "customerId", currency, at, minor, kind FROM "Movement"
  UNION ALL
  SELECT m."customerId", v.currency, m.at, v.minor, 'exchanged' FROM "Movement" m
  CROSS JOIN LATERAL (VALUES (m.currency, -m.minor), (m."balanceCurrency", m."balanceMinor")) AS v (currency, minor)
  WHERE m.currency <> m."balanceCurrency"
  UNION ALL
  SELECT m."customerId", m."balanceCurrency", m.at, v.minor, v.line FROM "Movement" m
  CROSS JOIN LATERAL (VALUES ('fees', -m."feeMinor"), ('stays', m."netMinor")) AS v (line, minor)
  UNION ALL
  SELECT c."customerId", c.currency, r."createdAt", noted.minor + gone.minor, 'under-way' FROM (
    SELECT "paymentIntentId", min("createdAt") AS "createdAt" FROM "Refund" WHERE state <> 'done' GROUP BY 1) r
  JOIN "Movement" c ON c."paymentIntentId" = r."paymentIntentId" AND c.kind = 'charge'
  CROSS JOIN LATERAL (SELECT coalesce(sum("paidMinor"), 0) AS minor FROM "CreditNote"
    WHERE "invoiceId" = c."invoiceId" AND status = 'issued') noted
  CROSS JOIN LATERAL (SELECT coalesce(sum(minor), 0) AS minor FROM "Movement"
    WHERE "paymentIntentId" = c."paymentIntentId" AND kind IN ('refund', 'refund-failed')) gone
)`;
