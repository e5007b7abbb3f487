import { personDay } from "@/lib/billing/ladder.ts";
import { unpaidStatuses } from "@/lib/billing/read-bill.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Db } from "@/lib/db.ts";
import { type AlertCode, most, nothing, type WantedAlert } from "./wanted-alerts.ts";

/** Money that does not go back by itself: refused, given up, or on its way for more than a day. */
export async function refundsHeld(db: Db, now: Date): Promise<WantedAlert[]> {
  const held = await db.refund.findMany({
    where: {
      OR: [
        { state: "refused" },
        { state: { in: ["wanted", "asked"] }, deadAt: { not: null } },
        { state: { in: ["wanted", "asked"] }, createdAt: { lte: daysAfter(now, -1) } },
      ],
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: most,
  });
  return held.map(({ id, orderId, sessionId, state, stripeRefundId, deadAt, detail: words }) => {
    // It went, and the bank sent it back: asking once more sends it to the same closed card.
    const refused: AlertCode = stripeRefundId ? "refund-failed" : "refund-refused";
    const code: AlertCode = state === "refused" ? refused : deadAt ? "refund-stuck" : "refund-late";
    const detail = sessionId ? `Stripe ${sessionId}: ${words ?? code}` : words;
    return { ...nothing, about: "refund", subject: id, code, orderId, detail, open: `refund:${id}:${code}` };
  });
}

/** What a family wants of its bill and does not happen by itself: refused, or given up. */
export async function billsHeld(db: Db): Promise<WantedAlert[]> {
  const held = await db.billChange.findMany({
    where: { OR: [{ state: "refused" }, { state: "wanted", deadAt: { not: null } }] },
    orderBy: { createdAt: "asc" },
    take: most,
  });
  return held.map(({ id, orderId, kind, state, detail }) => {
    const code: AlertCode = state === "refused" ? "bill-refused" : "bill-stuck";
    return {
      ...nothing,
      about: "bill",
      subject: id,
      code,
      orderId,
      detail: `${kind}: ${detail ?? ""}`,
      open: `bill:${id}:${code}`,
    };
  });
}

/** Bills that a family owes for so long that its home should rest, and does not: it is still being made, or the bill is of an odd kind. */
export async function billsUnpaid(db: Db, now: Date): Promise<WantedAlert[]> {
  const open = await db.invoice.findMany({
    where: {
      ...{ status: { in: unpaidStatuses }, tries: { gt: 0 }, dueMinor: { gt: 0 } },
      createdAt: { lte: daysAfter(now, -personDay) },
    },
    include: { customer: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: most,
  });
  if (open.length === 0) return [];
  const orderIds = open.flatMap(({ customer }) => customer.orderId ?? []);
  const resting = await db.tenant.findMany({ where: { orderId: { in: orderIds }, restsBecause: { not: null } } });
  const rests = new Set<string | null>(resting.map(({ orderId }) => orderId));
  const awake = open.filter(({ customer }) => !rests.has(customer.orderId));
  return awake.map(({ id, number, dueMinor, currency, refusal, customer }) => ({
    ...nothing,
    about: "bill",
    subject: id,
    code: "bill-unpaid" satisfies AlertCode,
    orderId: customer.orderId,
    detail: `Invoice ${number ?? id}, ${dueMinor} ${currency} (minor units): ${refusal ?? "no reason told"}`,
    open: `unpaid:${id}`,
  }));
}

/**
 * Bills that ended although the family did not ask for it (the vendor gave up after its last try, or somebody ended one there),
 * with nothing left to pay: the home lives on, and nobody is billed for it.
 */
export async function billsEnded(db: Db): Promise<WantedAlert[]> {
  const ended = await db.$queryRaw<{ id: string; orderId: string; tenantId: string; endedAt: Date }[]>`
    SELECT s."id", s."orderId", t."id" AS "tenantId", s."endedAt" FROM "Subscription" s
    JOIN "Order" o ON o."id" = s."orderId" AND o."state" = 'paid'
    JOIN "Tenant" t ON t."orderId" = o."id" AND t."want" = 'present' AND t."readyAt" IS NOT NULL AND t."restsBecause" IS NULL
    WHERE s."endedAt" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "Subscription" r WHERE r."orderId" = s."orderId" AND (r."endedAt" IS NULL
        OR r."startedAt" > s."startedAt"))
      AND NOT EXISTS (SELECT 1 FROM "Invoice" i WHERE i."subscriptionId" = s."id" AND i."status" = ANY(${unpaidStatuses}))
      -- What went back was no bill of theirs.
      AND NOT EXISTS (SELECT 1 FROM "Refund" b WHERE b."subscriptionId" = s."id")
      -- As they wished: its home rests as soon as the copy is looked at.
      AND NOT EXISTS (SELECT 1 FROM "BillChange" c WHERE c."orderId" = s."orderId" AND c."kind" = 'stop' AND c."state" = 'done'
        AND c."createdAt" >= s."startedAt")
    ORDER BY s."endedAt", s."id" LIMIT ${most}`;
  return ended.map(({ id, orderId, tenantId, endedAt }) => ({
    ...nothing,
    about: "bill",
    subject: id,
    code: "bill-ended" satisfies AlertCode,
    orderId,
    tenantId,
    detail: `Subscription ${id} ended at ${endedAt.toISOString()}`,
    open: `ended:${id}`,
  }));
}

/** Money that no order of ours knows of, until a person says how it ended. */
export async function paymentsUnknown(db: Db): Promise<WantedAlert[]> {
  const stray = await db.strayPayment.findMany({
    where: { settledAt: null },
    orderBy: [{ seenAt: "asc" }, { sessionId: "asc" }],
    take: most,
  });
  return stray.map(({ sessionId, orderId, totalMinor, currency }) => ({
    ...nothing,
    about: "payment",
    subject: sessionId,
    code: "payment-unknown" satisfies AlertCode,
    detail: `Stripe ${sessionId}, ${totalMinor} ${currency} (minor units), for order ${orderId ?? "none"}`,
    open: `payment:${sessionId}`,
  }));
}
