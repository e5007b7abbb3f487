import { isHeard } from "@/lib/billing/dispute.ts";
import { evidenceCause } from "@/lib/billing/evidence.ts";
import type { Db } from "@/lib/db.ts";
import { type AlertCode, most, nothing, type WantedAlert } from "./wanted-alerts.ts";

/** Payments that a card's network warned of, while something can still be done about them and no refund was begun. */
export async function paymentsWarned(db: Db): Promise<WantedAlert[]> {
  const warnings = await db.fraudWarning.findMany({
    where: { actionable: true },
    include: { customer: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: most,
  });
  if (warnings.length === 0) return [];
  const payments = warnings.flatMap(({ paymentIntentId }) => paymentIntentId ?? []);
  const back = await db.refund.findMany({ where: { paymentIntentId: { in: payments } } });
  return warnings
    .filter((one) => !back.some(({ paymentIntentId }) => paymentIntentId === one.paymentIntentId))
    .map(({ id, kind, paymentIntentId, customer }) => ({
      ...nothing,
      about: "warning",
      subject: id,
      code: "fraud-warning" satisfies AlertCode,
      orderId: customer.orderId,
      detail: `${kind}, payment ${paymentIntentId ?? "unknown"}`,
      open: `warning:${id}`,
    }));
}

/** Disputes that a bank hears us about, until somebody presses Send; from then on the wish has alerts of its own. */
export async function disputesToAnswer(db: Db): Promise<WantedAlert[]> {
  const all = await db.dispute.findMany({
    where: { status: { endsWith: "needs_response" } },
    include: { customer: true },
    orderBy: [{ dueBy: "asc" }, { id: "asc" }],
    take: most,
  });
  const heard = all.filter(isHeard);
  if (heard.length === 0) return [];
  const wishes = await db.billChange.findMany({
    where: { cause: { in: heard.map(({ id }) => evidenceCause(id)) } },
    select: { cause: true },
  });
  const answered = new Set(wishes.map(({ cause }) => cause));
  return (
    heard
      // What a bank opens once more after it decided is answered at the vendor's.
      .filter(({ id, status }) => status.startsWith("appeal") || !answered.has(evidenceCause(id)))
      .map(({ id, reason, minor, currency, dueBy, customer }) => ({
        ...nothing,
        about: "dispute",
        subject: id,
        code: "dispute" satisfies AlertCode,
        orderId: customer.orderId,
        detail: `${reason}, ${minor} ${currency} (minor units), due ${dueBy?.toISOString() ?? "at no day that was told"}`,
        open: `dispute:${id}`,
      }))
  );
}
