import type { BillChange } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { isZero, minorOf } from "./money.ts";
import { newestContract } from "./newest-return.ts";
import type { Cashier } from "./ports.ts";
import type { BillSubscription } from "./read-bill.ts";
import { readWithdrawal } from "./read-withdrawal.ts";

/**
 * Ends the bill now, and gives back what was not used: what the rest of the name's year takes of it waits at the vendor for the
 * last bill, which follows as for whoever stops (lib/billing/want-last-bills.ts); the remainder is a refund like any other. Each
 * part has a name from the subscription: a database that was set back does none of it twice.
 */
export async function carryOutWithdrawal(
  { db, clock, cashier }: World & { readonly cashier: Cashier },
  change: BillChange,
  { id: subscriptionId }: BillSubscription,
): Promise<void> {
  const order = await db.order.findUniqueOrThrow({ where: { id: change.orderId } });
  const contract = await newestContract(db, order);
  const { paymentIntentId } = contract ?? {};
  if (!paymentIntentId) throw new Error(`Order ${order.id} was never paid`);
  const { settles, toCard } = await readWithdrawal(db, order, change.createdAt);
  await cashier.endSubscription(subscriptionId);
  const refund = { id: `ref_${subscriptionId}`, sum: toCard };
  await cashier.creditNextBill(paymentIntentId, { cause: `withdrawn:${subscriptionId}`, sum: settles, refund });
  if (isZero(toCard)) return;
  await db.refund.createMany({
    data: [
      {
        id: refund.id,
        ...{ orderId: order.id, cause: "withdrawn", paymentIntentId },
        // Without its subscription: the first payment stands, and only a part of it goes back.
        ...{ minor: minorOf(toCard), currency: toCard.currency, state: "wanted" },
        ...{ askedBy: change.askedBy, createdAt: clock.now() },
      },
    ],
    skipDuplicates: true,
  });
}
