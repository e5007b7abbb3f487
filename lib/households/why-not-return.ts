import { isDisputed } from "@/lib/billing/dispute.ts";
import { keyOfLine } from "@/lib/billing/ledger.ts";
import { isZero } from "@/lib/billing/money.ts";
import { isNameLost } from "@/lib/billing/name-lost.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { type BillSubscription, type BillTables, type OrderBill, owed } from "@/lib/billing/read-bill.ts";
import { restOfYear } from "@/lib/billing/rest-of-year.ts";
import type { Tx } from "@/lib/db.ts";
import type { Order, Tenant } from "@/lib/generated/prisma/client.ts";

type Reads = BillTables & Pick<Tx, "dispute" | "stepState">;

/** What stands between a family and opening its home again. */
export type WhyNotReturn =
  | "runs" // its bill has not ended
  | "paying" // it has paid, and its home is about to open
  | "withdrawing" // it said that it withdraws, and that is not carried out yet
  | "disputed" // a bank looks at what it paid
  | "settling" // its last bill is not charged yet
  | "owed" // a bill is not paid
  | "lost"; // its name is no more, or not with us, or we are not told of its bill

/** Undefined where nothing does. From our copy of its bill, as everything that follows from a payment is. */
export async function whyNotReturn(
  db: Reads,
  tenant: Tenant,
  order: Order,
  bill: OrderBill,
  now: Date,
): Promise<WhyNotReturn | undefined> {
  const { subscription, standing, twice } = bill;
  if (await db.checkout.findFirst({ where: { orderId: order.id, state: "seen" } })) return "paying";
  // Without a bill nothing has ended.
  if (!subscription?.endedAt || twice) return "runs";
  const steps = await db.stepState.findMany({ where: { tenantId: tenant.id, step: "domain" } });
  if (order.state !== "paid" || subscription.customer.gone || isNameLost(tenant, steps, now)) return "lost";
  const said = await db.billChange.findFirst({ where: { orderId: order.id, kind: "withdraw", state: "wanted" } });
  if (said) return "withdrawing";
  if (await isDisputed(db, order.id)) return "disputed";
  if (owed(standing)) return "owed";
  return (await isSettling(db, order, bill, subscription)) ? "settling" : undefined;
}

/** The rest of the name's year is asked for once, and by its own bill: until that is charged nobody can say what is left to pay. */
async function isSettling(
  db: Reads,
  order: Order,
  bill: OrderBill,
  { id, customerId, endedAt, customer }: BillSubscription,
): Promise<boolean> {
  if (!bill.leftAt || !endedAt) return false;
  const last = await db.billChange.findUnique({ where: { cause: `last-bill:${id}` } });
  if (!last) return !isZero(restOfYear(readQuote(order), bill, endedAt));
  if (last.state === "wanted") return true;
  if (!customer.askedAt || (last.doneAt && last.doneAt >= customer.askedAt)) return true;
  const waits = { status: { in: ["draft", "open"] }, lines: { some: { what: keyOfLine("rest-of-name") } } };
  return (await db.invoice.count({ where: { customerId, ...waits } })) > 0;
}
