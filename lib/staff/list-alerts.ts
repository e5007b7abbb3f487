import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { type Money, moneyOf } from "@/lib/billing/money.ts";
import type { Alert } from "@/lib/generated/prisma/client.ts";
import type { ReasonCode } from "@/lib/provisioning/reasons.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { type AlertCode, readCode } from "./wanted-alerts.ts";

/** One open alert. Times are ISO. */
export interface AlertLine {
  readonly id: string;
  readonly code: ReasonCode | AlertCode;
  readonly step: string | null;
  /** The family's name, where it is about one. */
  readonly name: string | null;
  readonly orderId: string | null;
  readonly tenantId: string | null;
  readonly detail: string | null;
  readonly since: string;
  /** It was given up, and a person may say that it is tried again. */
  readonly mayTryAgain: boolean;
  /** The dispute it is about. */
  readonly disputeId: string | null;
  /** The warning of fraud it is about. */
  readonly warningId: string | null;
  /** The report it is about. */
  readonly reportId: string | null;
  /** What is known of a payment that no order knows, and that a person settles. */
  readonly payment: UnknownPayment | null;
}

export interface UnknownPayment {
  readonly sum: Money;
  readonly begunAt: string | null;
  readonly email: string | null;
  readonly sessionId: string;
  readonly paymentIntentId: string | null;
  readonly subscriptionId: string | null;
  /** The order it names, which is not here. */
  readonly orderId: string | null;
}

export interface AlertList {
  /** The one that waits longest first. */
  readonly lines: readonly AlertLine[];
  /** Of all that are open. */
  readonly count: number;
  /** Of which there are several that may be begun anew together. */
  readonly bulk: readonly { readonly code: BulkCode; readonly n: number }[];
}

/** A page of them; beyond it the oldest are mended first. */
const most = 100;

/** What many of may have one cause, and may be begun anew all together. */
const bulkCodes = ["mail-stuck", "bell-stuck"] as const satisfies readonly AlertCode[];
export type BulkCode = (typeof bulkCodes)[number];
export const isBulkCode = (word: string): word is BulkCode => bulkCodes.some((code) => code === word);

const triable: readonly string[] = [
  "refund-refused",
  "refund-failed",
  "refund-stuck",
  "bill-refused",
  "bill-stuck",
  "mail-stuck",
  "bell-stuck",
] satisfies AlertCode[];

/** The open alerts, of everybody or of one order. */
export async function listAlerts(
  world: Pick<World, "db" | "clock">,
  who: SignedIn | undefined,
  { orderId, take = most }: { readonly orderId?: string; readonly take?: number } = {},
): Promise<AlertList> {
  await staffOf(world, who);
  const { db } = world;
  const where = { open: { not: null }, ...(orderId === undefined ? {} : { orderId }) };
  const [rows, count, byCode] = await Promise.all([
    db.alert.findMany({ where, orderBy: [{ openedAt: "asc" }, { id: "asc" }], take }),
    db.alert.count({ where }),
    db.alert.groupBy({ by: ["code"], where: { ...where, code: { in: [...bulkCodes] } }, _count: true }),
  ]);
  const [name, payment] = await Promise.all([nameOf(db, rows), paymentOf(db, rows)]);
  const lines = rows.map((row) => ({
    id: row.id,
    code: readCode(row.code),
    step: row.step,
    name: name(row),
    orderId: row.orderId,
    tenantId: row.tenantId,
    detail: row.detail,
    since: row.openedAt.toISOString(),
    mayTryAgain: triable.includes(row.code),
    disputeId: row.about === "dispute" ? row.subject : null,
    warningId: row.about === "warning" ? row.subject : null,
    reportId: row.about === "report" ? row.subject : null,
    payment: payment(row),
  }));
  const bulk = byCode.flatMap(({ code, _count: n }) => (isBulkCode(code) && n > 1 ? [{ code, n }] : []));
  return { lines, count, bulk };
}

/** How many are open, for the bar above every staff page. */
export async function countAlerts(world: Pick<World, "db" | "clock">, who: SignedIn | undefined): Promise<number> {
  await staffOf(world, who);
  return world.db.alert.count({ where: { open: { not: null } } });
}

/** The one it is about; of the home where there is one, else of the order. */
async function nameOf(db: World["db"], rows: readonly Alert[]): Promise<(row: Alert) => string | null> {
  const [tenants, orders] = await Promise.all([
    db.tenant.findMany({ where: { id: { in: rows.flatMap((row) => row.tenantId ?? []) } } }),
    db.order.findMany({ where: { id: { in: rows.flatMap((row) => row.orderId ?? []) } } }),
  ]);
  const names = new Map([...orders, ...tenants].map(({ id, name }) => [id, name]));
  return ({ about, subject, tenantId, orderId }) =>
    about === "name" ? subject : (names.get(tenantId ?? "") ?? names.get(orderId ?? "") ?? null);
}

async function paymentOf(db: World["db"], rows: readonly Alert[]): Promise<(row: Alert) => UnknownPayment | null> {
  const subjects = rows.filter(({ about }) => about === "payment").map(({ subject }) => subject);
  if (subjects.length === 0) return () => null;
  const strays = await db.strayPayment.findMany({ where: { sessionId: { in: subjects } } });
  return ({ about, subject }) => {
    const stray = about === "payment" ? strays.find(({ sessionId }) => sessionId === subject) : undefined;
    if (!stray) return null;
    const { totalMinor, currency, begunAt, email, sessionId, paymentIntentId, subscriptionId, orderId } = stray;
    return {
      sum: moneyOf(totalMinor, currency),
      begunAt: begunAt?.toISOString() ?? null,
      email,
      sessionId,
      paymentIntentId,
      subscriptionId,
      orderId,
    };
  };
}
