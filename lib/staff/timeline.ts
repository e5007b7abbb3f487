import { z } from "zod";
import { type Money, moneyOf } from "@/lib/billing/money.ts";
import type { Db } from "@/lib/db.ts";
import type { Said } from "@/lib/errors.ts";
import type { ReasonCode } from "@/lib/provisioning/reasons.ts";
import { payerEvents } from "./payer-events.ts";
import { type AlertCode, readCode } from "./wanted-alerts.ts";

/** What happened to a family. Made into a sentence by the page, in the catalogue's words. Times are ISO. */
export type Event = { readonly key: string; readonly at: string } & (
  | { readonly kind: "finding"; readonly step: string; readonly state: string; readonly detail: string | null }
  | {
      readonly kind: "attempt";
      readonly step: string;
      readonly verb: string;
      readonly once: boolean;
      readonly summary: string;
      readonly outcome: string;
      readonly detail: string | null;
    }
  | {
      readonly kind: "staff";
      readonly name: string;
      readonly act: string;
      readonly reason: string;
      readonly outcome: Said;
    }
  | {
      readonly kind: "alert";
      readonly what: "opened" | "closed";
      readonly code: ReasonCode | AlertCode;
      readonly step: string | null;
    }
  | { readonly kind: "customer"; readonly what: "began" | "consented" | "used-card"; readonly part: string }
  | {
      readonly kind: "payer";
      readonly what: "payer-asked" | "payer-over" | "payer-taken-back" | "payer-ran-out";
      readonly given: string;
      readonly email: string;
    }
  | ({
      readonly kind: "money";
      readonly what: "paid" | "lost" | "refund-wanted" | "refund-done" | "refund-refused";
      readonly detail: string | null;
    } & Money)
);

/** What a reader may choose to see. */
export const eventFilters = ["all", "writes", "customer", "staff", "money"] as const;
export type EventFilter = (typeof eventFilters)[number];

/** The newest of each kind; five million rows lie behind, and nobody reads more. */
const mostOfEach = 100;

const kindsOf: Record<EventFilter, readonly Event["kind"][]> = {
  all: ["finding", "attempt", "staff", "alert", "customer", "payer", "money"],
  writes: ["attempt"],
  customer: ["customer", "payer"],
  staff: ["staff", "alert"],
  money: ["money"],
};

/** Newest first. Whoever asks has been authorised by the verb that calls this. */
export async function timeline(
  db: Db,
  { orderId, tenantId }: { orderId: string; tenantId: string | null },
  filter: EventFilter,
): Promise<Event[]> {
  const kinds = kindsOf[filter];
  const parts = await Promise.all([
    kinds.includes("finding") && tenantId ? findings(db, tenantId) : [],
    kinds.includes("attempt") && tenantId ? attempts(db, tenantId) : [],
    kinds.includes("staff") ? acts(db, tenantId ? [tenantId, orderId] : [orderId]) : [],
    kinds.includes("alert") ? alerts(db, orderId, tenantId) : [],
    kinds.includes("customer") ? customer(db, orderId, tenantId) : [],
    kinds.includes("payer") ? payerEvents(db, orderId, mostOfEach) : [],
    kinds.includes("money") ? money(db, orderId) : [],
  ]);
  return parts.flat().sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

async function findings(db: Db, tenantId: string): Promise<Event[]> {
  const rows = await db.stepHistory.findMany({ where: { tenantId }, orderBy: { at: "desc" }, take: mostOfEach });
  return rows.map((row) => ({
    key: row.id,
    at: row.at.toISOString(),
    kind: "finding",
    step: row.step,
    state: row.state,
    detail: (row.reason as { detail?: string } | null)?.detail ?? null,
  }));
}

async function attempts(db: Db, tenantId: string): Promise<Event[]> {
  const rows = await db.attempt.findMany({ where: { tenantId }, orderBy: { startedAt: "desc" }, take: mostOfEach });
  return rows.map(({ id, startedAt, step, verb, once, summary, outcome, detail }) => ({
    key: id,
    at: startedAt.toISOString(),
    kind: "attempt",
    step,
    verb,
    once,
    summary,
    outcome,
    detail,
  }));
}

const saidShape = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

async function acts(db: Db, subjects: readonly string[]): Promise<Event[]> {
  const rows = await db.audit.findMany({
    where: { subject: { in: [...subjects] } },
    orderBy: { at: "desc" },
    take: mostOfEach,
  });
  const people = await db.staffMember.findMany({ where: { userId: { in: rows.map((row) => row.staffId) } } });
  return rows.map((row) => ({
    key: row.id,
    at: row.at.toISOString(),
    kind: "staff",
    // Somebody who has left is known by their id.
    name: people.find((one) => one.userId === row.staffId)?.name ?? row.staffId,
    act: row.act,
    reason: row.reason,
    outcome: readSaid(row.outcome),
  }));
}

export function readSaid(outcome: string): Said {
  const { key, values } = saidShape.parse(JSON.parse(outcome));
  return values ? { key, values } : { key };
}

async function alerts(db: Db, orderId: string, tenantId: string | null): Promise<Event[]> {
  const rows = await db.alert.findMany({
    where: { OR: [{ orderId }, ...(tenantId ? [{ tenantId }] : [])] },
    orderBy: { openedAt: "desc" },
    take: mostOfEach,
  });
  return rows.flatMap(({ id, code, step, openedAt, closedAt }) => {
    const opened: Event = {
      key: id,
      at: openedAt.toISOString(),
      kind: "alert",
      what: "opened",
      code: readCode(code),
      step,
    };
    const closed: Event[] = closedAt
      ? [{ ...opened, key: `${id}-closed`, at: closedAt.toISOString(), what: "closed" }]
      : [];
    return [opened, ...closed];
  });
}

async function customer(db: Db, orderId: string, tenantId: string | null): Promise<Event[]> {
  const order = await db.order.findUniqueOrThrow({ where: { id: orderId } });
  const cards = tenantId
    ? await db.card.findMany({
        where: { person: { tenantId }, usedAt: { not: null } },
        include: { person: true },
        take: mostOfEach,
      })
    : [];
  const began: Event = { key: "began", at: order.createdAt.toISOString(), kind: "customer", what: "began", part: "" };
  return [
    began,
    ...(order.consentAt
      ? [{ ...began, key: "consented", at: order.consentAt.toISOString(), what: "consented" } as const]
      : []),
    ...cards.flatMap((card) =>
      card.usedAt
        ? [
            {
              ...began,
              key: card.id,
              at: card.usedAt.toISOString(),
              what: "used-card",
              part: card.person.part,
            } as const,
          ]
        : [],
    ),
  ];
}

async function money(db: Db, orderId: string): Promise<Event[]> {
  const order = await db.order.findUniqueOrThrow({ where: { id: orderId }, include: { refunds: true } });
  const { paidAt, lostAt, paidMinor, paidCurrency } = order;
  const sum = { kind: "money", ...moneyOf(paidMinor ?? 0, paidCurrency ?? "") } as const;
  const events: Event[] = [];
  if (paidAt) events.push({ ...sum, key: "paid", at: paidAt.toISOString(), what: "paid", detail: order.receiptNumber });
  if (lostAt) events.push({ ...sum, key: "lost", at: lostAt.toISOString(), what: "lost", detail: order.lostReason });
  for (const { id, createdAt, doneAt, state, minor, currency, cause, detail } of order.refunds) {
    const refund = { kind: "money", ...moneyOf(minor, currency) } as const;
    const refused = state === "refused";
    events.push({
      ...refund,
      key: id,
      at: createdAt.toISOString(),
      what: refused ? "refund-refused" : "refund-wanted",
      detail: refused ? detail : cause,
    });
    if (doneAt)
      events.push({ ...refund, key: `${id}-done`, at: doneAt.toISOString(), what: "refund-done", detail: cause });
  }
  return events;
}
