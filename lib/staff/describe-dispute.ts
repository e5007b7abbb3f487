import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { isHeard } from "@/lib/billing/dispute.ts";
import { type Evidence, evidenceCause, evidenceTerms } from "@/lib/billing/evidence.ts";
import { type Money, moneyOf } from "@/lib/billing/money.ts";
import { whoPaid } from "@/lib/billing/who-paid.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { BillChange, Dispute, Invoice, Order } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { type HomeLife, homeLife } from "./home-life.ts";
import { staffOf } from "./staff-of.ts";

/** A payment that was disputed, with everything that a bank may be shown of it. Times are ISO. */
export interface DisputeView {
  readonly id: string;
  readonly customerId: string;
  readonly orderId: string;
  readonly tenantId: string | null;
  readonly name: string;
  /** The vendor's own words. */
  readonly status: string;
  readonly reason: string;
  readonly sum: Money;
  readonly openedAt: string;
  readonly dueBy: string | null;
  /** `may`: evidence is heard, and none was sent. `wanted` until a worker has sent it, `held` when a person has to. */
  readonly sending: "may" | "wanted" | "held" | "sent" | "closed";
  /** As it was written down when somebody pressed Send. */
  readonly written: Evidence | null;
  readonly facts: DisputeFacts;
}

/** What was bought, agreed to and used. Nothing of what is private to people, and nothing of a child. */
export interface DisputeFacts {
  readonly payer: string | null;
  readonly email: string | null;
  readonly card: string | null;
  readonly orderedAt: string;
  readonly consent: { readonly at: string; readonly text: string; readonly from: string | null } | null;
  readonly home: HomeLife | null;
  /** The bill that is disputed, and those that were paid beside it, the oldest first. */
  readonly bill: PaidBill | null;
  readonly others: readonly PaidBill[];
}

interface PaidBill {
  readonly number: string;
  readonly at: string;
  readonly sum: Money;
}

export async function describeDispute(
  world: Pick<World, "db" | "clock">,
  who: SignedIn | undefined,
  disputeId: string,
): Promise<DisputeView> {
  await staffOf(world, who);
  const { db } = world;
  const dispute = await db.dispute.findUnique({ where: { id: disputeId }, include: { customer: true } });
  const order = await db.order.findUnique({ where: { id: dispute?.customer.orderId ?? "" } });
  // Of money that no order knows there is nothing to show a bank.
  if (!dispute || !order) throw new NameplateError("not-found", `No dispute ${disputeId} of an order`);
  const wish = await db.billChange.findUnique({ where: { cause: evidenceCause(disputeId) } });
  const tenant = await db.tenant.findFirst({ where: { orderId: order.id }, orderBy: { createdAt: "desc" } });
  const { status, reason, minor, currency, createdAt, dueBy, customerId } = dispute;
  return {
    ...{ id: disputeId, customerId, orderId: order.id, tenantId: tenant?.id ?? null, name: order.name ?? "" },
    ...{ status, reason, sum: moneyOf(minor, currency) },
    openedAt: createdAt.toISOString(),
    dueBy: dueBy?.toISOString() ?? null,
    sending: sendingOf(dispute, wish),
    written: wish && evidenceTerms.parse(wish.terms).evidence,
    facts: {
      ...(await payerFacts(db, order, dispute)),
      home: tenant && (await homeLife(db, tenant)),
      ...(await billsOf(world, dispute)),
    },
  };
}

function sendingOf(dispute: Dispute, wish: BillChange | null): DisputeView["sending"] {
  if (dispute.submissions > 0 || wish?.state === "done") return "sent";
  if (wish && (wish.state === "refused" || wish.deadAt)) return "held";
  if (wish) return "wanted";
  return isHeard(dispute) ? "may" : "closed";
}

/** Who made that very payment, be it the buyer or whoever took over the bill, and what they had agreed to. */
async function payerFacts(db: World["db"], order: Order, { paymentIntentId }: Dispute) {
  const { name, email, card, agreed } = await whoPaid(db, order, paymentIntentId);
  return { payer: name, email, card, orderedAt: order.createdAt.toISOString(), consent: agreed };
}

/** What was paid, by the vendor's own invoices. */
async function billsOf(
  { db }: Pick<World, "db">,
  { customerId, paymentIntentId }: Dispute,
): Promise<Pick<DisputeFacts, "bill" | "others">> {
  const charge = await db.movement.findFirst({ where: { customerId, paymentIntentId, kind: "charge" } });
  const paid = await db.invoice.findMany({ where: { customerId, status: "paid" }, orderBy: { createdAt: "asc" } });
  const disputed = paid.find(({ id }) => id === charge?.invoiceId);
  return { bill: disputed ? billOf(disputed) : null, others: paid.filter((one) => one !== disputed).map(billOf) };
}

const billOf = ({ id, number, paidAt, createdAt, totalMinor, currency }: Invoice): PaidBill => ({
  number: number ?? id,
  at: (paidAt ?? createdAt).toISOString(),
  sum: moneyOf(totalMinor, currency),
});
