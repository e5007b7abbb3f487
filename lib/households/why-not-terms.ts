import { newestWish } from "@/lib/billing/newest-wish.ts";
import { type BillTables, owed, readBill } from "@/lib/billing/read-bill.ts";
import type { Tx } from "@/lib/db.ts";
import type { Said } from "@/lib/errors.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { withdrawalOfOrder } from "./want-withdrawal.ts";

type Reads = BillTables & Pick<Tx, "order">;

const because = (why: string): Said => ({ key: `family.terms.notNow.${why}` });

/** Why people, plan and period cannot be changed just now, in the reader's words; undefined where they can. */
export async function whyNotTerms(db: Reads, { orderId, readyAt, restsBecause }: Tenant): Promise<Said | undefined> {
  if (!readyAt) return because("making");
  if (restsBecause) return because("rests");
  const order = await db.order.findUniqueOrThrow({ where: { id: orderId } });
  const open = await db.billChange.findFirst({ where: { orderId, kind: "terms", state: "wanted" } });
  if (open) return because(open.deadAt ? "held" : "changing");
  // Without one nothing costs anything.
  if (!order.stripeSubscriptionId) return undefined;
  const { subscription, standing } = await readBill(db, orderId);
  // Paid a moment ago, and not copied yet.
  if (!subscription) return because("changing");
  const wish = await newestWish(db, orderId, subscription);
  const stops = wish?.state === "under way" ? wish.kind !== "keep" : subscription.cancelAt !== null;
  if (subscription.endedAt || stops || (await withdrawalOfOrder(db, orderId))) return because("stops");
  return owed(standing) ? because("owed") : undefined;
}
