import { daysAfter } from "@/lib/clock.ts";
import type { Db } from "@/lib/db.ts";
import { type Alert, Prisma } from "@/lib/generated/prisma/client.ts";
import { codesThat, isReasonCode, type ReasonCode } from "@/lib/provisioning/reasons.ts";
import { bellShape } from "@/lib/queue/bell-shape.ts";

/** An alert as the tables ask for it. `open` names what it is about. */
export type WantedAlert = Omit<Alert, "id" | "openedAt" | "closedAt" | "open"> & { readonly open: string };

/** What alerts are about beside a step's own reasons; their sentences are `staff.alerts.code.CODE`. */
export const alertCodes = [
  "late",
  "refund-refused",
  "refund-failed",
  "refund-stuck",
  "refund-late",
  "bill-refused",
  "bill-stuck",
  "bill-unpaid",
  "bill-ended",
  "dispute",
  "fraud-warning",
  "year-dear",
  "year-unread",
  "year-unanswered",
  "mail-stuck",
  "bell-stuck",
  "payment-unknown",
  "name-unknown",
  "name-missing",
  "name-leave",
  "name-lock",
  "trial-through",
  "trial-stuck",
  "report-late",
  "erase-late",
] as const;
export type AlertCode = (typeof alertCodes)[number];

/** An alert's code as it rests in its row; one that is older than our list is a home's that failed. */
export const readCode = (word: string): ReasonCode | AlertCode =>
  isReasonCode(word) ? word : (alertCodes.find((code) => code === word) ?? "home-failed");

/** So many of a kind are read at once: a whole host's homes, and more than that is one trouble. */
export const most = 10_000;

const oursToMove = codesThat((kind) => kind.mover === "staff");
export const nothing = { step: null, orderId: null, tenantId: null, detail: null };

/** Steps that only a person of ours moves on. What is not looked at any more as it was wanted then is no trouble. */
export async function stepsHeld(db: Db, tenantId?: string): Promise<WantedAlert[]> {
  const ofTenant = tenantId === undefined ? Prisma.empty : Prisma.sql`AND s."tenantId" = ${tenantId}`;
  const rows = await db.$queryRaw<
    { tenantId: string; orderId: string; step: string; code: string; detail: string | null }[]
  >`SELECT s."tenantId", t."orderId", s."step", s."reason"->>'code' AS "code", s."reason"->>'detail' AS "detail"
    FROM "StepState" s JOIN "Tenant" t ON t."id" = s."tenantId" AND t."want" = s."want"
    WHERE s."state" IN ('blocked', 'waiting') AND s."reason"->>'code' = ANY(${oursToMove}) ${ofTenant}
    ORDER BY s."changedAt", s."tenantId", s."step" LIMIT ${most}`;
  return rows.map((row) => ({
    ...row,
    about: "step",
    subject: row.tenantId,
    open: `step:${row.tenantId}:${row.step}:${row.code}`,
  }));
}

/** Whatever it waits for: a day after it was paid for, a home that nobody has seen is looked at by a person. */
export async function homesLate(db: Db, now: Date): Promise<WantedAlert[]> {
  const late = await db.tenant.findMany({
    where: { want: "present", readyAt: null, order: { state: "paid", paidAt: { lte: daysAfter(now, -1) } } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: most,
  });
  return late.map(({ id, orderId }) => ({
    ...nothing,
    about: "late",
    subject: id,
    code: "late" satisfies AlertCode,
    orderId,
    tenantId: id,
    open: `late:${id}`,
  }));
}

/** Mails that could not be sent, however often they were tried. */
export async function mailsGivenUp(db: Db): Promise<WantedAlert[]> {
  const dead = await db.mail.findMany({
    where: { sentAt: null, deadAt: { not: null } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: most,
  });
  return dead.map(({ id, kind, values, detail }) => {
    const of = values as { readonly orderId?: string; readonly tenantId?: string };
    return {
      ...nothing,
      about: "mail",
      subject: id,
      code: "mail-stuck" satisfies AlertCode,
      orderId: of.orderId ?? null,
      tenantId: of.tenantId ?? null,
      detail: `${kind}: ${detail ?? ""}`,
      open: `mail:${id}`,
    };
  });
}

/** Bells that could not be answered: a webhook, a payment, a home. */
export async function bellsGivenUp(db: Db): Promise<WantedAlert[]> {
  const dead = await db.failedBell.findMany({
    where: { deadAt: { not: null } },
    orderBy: [{ firstAt: "asc" }, { id: "asc" }],
    take: most,
  });
  return dead.map(({ id, bell: kept, detail }) => {
    const bell = bellShape.parse(kept);
    return {
      ...nothing,
      about: "bell",
      subject: id,
      code: "bell-stuck" satisfies AlertCode,
      orderId: "orderId" in bell ? bell.orderId : null,
      tenantId: "tenantId" in bell ? bell.tenantId : null,
      detail: `${bell.kind}: ${detail}`,
      open: `bell:${id}`,
    };
  });
}

/** A registrar may leave a name out of one list; of two in a row, a day apart, it does not. */
const looksToMiss = 2;

/** Names in which the registrar's list and our homes differ, as the homes are now. */
export async function namesUnlike(db: Db): Promise<WantedAlert[]> {
  const found = await db.nameDifference.findMany({
    where: { settledAt: null, OR: [{ what: "unknown" }, { looks: { gte: looksToMiss } }] },
    orderBy: [{ firstSeenAt: "asc" }, { name: "asc" }],
    take: most,
  });
  if (found.length === 0) return [];
  const homes = await db.tenant.findMany({ where: { name: { in: found.map(({ name }) => name) } } });
  return found.flatMap(({ name, what, looks }): WantedAlert[] => {
    const theirs = homes.filter((home) => home.name === name);
    const home = theirs.find(({ want, nameLeftAt }) => want === "present" && !nameLeftAt);
    if (what === "unknown")
      return theirs.length > 0 ? [] : [nameAlert(name, "name-unknown", "No home wants it or wanted it")];
    const detail = `Bought by us, and not on the registrar's list at ${looks} looks, a day apart`;
    return home ? [{ ...nameAlert(name, "name-missing", detail), tenantId: home.id, orderId: home.orderId }] : [];
  });
}

const nameAlert = (name: string, code: AlertCode, detail: string): WantedAlert => ({
  ...nothing,
  about: "name",
  subject: name,
  code,
  detail,
  open: `name:${name}:${code}`,
});
