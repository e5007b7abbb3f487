import { mayLeave } from "@/lib/billing/dispute.ts";
import { isZero } from "@/lib/billing/money.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { type BillTables, owed, readBill } from "@/lib/billing/read-bill.ts";
import { restOfYear } from "@/lib/billing/rest-of-year.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import type { Order, Tenant } from "@/lib/generated/prisma/client.ts";
import type { Facts } from "@/lib/provisioning/step.ts";
import { lockDays } from "@/lib/tenants/leave-rules.ts";
import { withdrawalOfOrder } from "./want-withdrawal.ts";

/** What holds a name here; the sentences are `family.leave.holds.CODE`. */
export type HoldCode = "making" | "unseen" | "new" | "disputed" | "unpaid" | "withdrawing";

export interface Hold {
  readonly code: HoldCode;
  /** When it ends by itself; null where somebody ends it: a bank, the family, or we. */
  readonly until: Date | null;
}

type Reads = BillTables & Pick<Tx, "order" | "stepState" | "dispute">;

/** Everything for which a name cannot be taken elsewhere now; nothing where it can. */
export async function whyNotLeave(db: Reads, tenant: Tenant, now: Date): Promise<readonly Hold[]> {
  if (!tenant.readyAt) return [{ code: "making", until: null }];
  const [order, domain] = [
    await db.order.findUniqueOrThrow({ where: { id: tenant.orderId } }),
    await db.stepState.findUnique({ where: { tenantId_step: { tenantId: tenant.id, step: "domain" } } }),
  ];
  const { registeredAt } = (domain?.facts ?? {}) as Partial<Facts["domain"]>;
  const held = domain?.state !== "settled" || !registeredAt;
  const lockedUntil = held ? null : daysAfter(new Date(registeredAt), lockDays.registered);
  const holds: (Hold | false)[] = [
    held && { code: "unseen", until: null },
    lockedUntil !== null && lockedUntil > now && { code: "new", until: lockedUntil },
    !(await mayLeave(db, order.id)) && { code: "disputed", until: null },
    (order.state !== "paid" || (await withdrawalOfOrder(db, order.id))?.state === "wanted") && {
      code: "withdrawing",
      until: null,
    },
    (await owes(db, order, tenant)) && { code: "unpaid", until: null },
  ];
  return holds.filter((hold) => hold !== false);
}

/** A bill that was asked for and not paid; of one that has ended also what was not asked for yet. */
async function owes(db: Reads, order: Order, { restsBecause }: Tenant): Promise<boolean> {
  const bill = await readBill(db, order.id);
  if (restsBecause === "unpaid" || owed(bill.standing)) return true;
  const endedAt = bill.subscription?.endedAt;
  return endedAt ? !isZero(restOfYear(readQuote(order), bill, endedAt)) : false;
}
