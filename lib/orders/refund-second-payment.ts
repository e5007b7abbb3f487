import { knowCustomer } from "@/lib/billing/know-customer.ts";
import { minorOf } from "@/lib/billing/money.ts";
import type { World } from "@/lib/world.ts";
import type { PaidVisit } from "./mark-order-paid.ts";

/** Two visits of one order were paid (two tabs, two cards): the second goes back whole. Wanted here; a worker asks the vendor. */
export async function refundSecondPayment(
  world: World,
  orderId: string,
  checkoutId: string,
  visit: PaidVisit,
): Promise<void> {
  const { db, clock, ids } = world;
  const { payment, subscriptionId, customerId } = visit;
  await db.$transaction(async (tx) => {
    await tx.refund.createMany({
      data: [
        {
          id: ids.id("ref"),
          orderId,
          cause: `paid-twice:${checkoutId}`,
          paymentIntentId: payment.paymentIntentId,
          subscriptionId,
          minor: minorOf(payment.paid),
          currency: payment.paid.currency,
          state: "wanted",
          askedBy: "nameplate",
          createdAt: clock.now(),
        },
      ],
      skipDuplicates: true,
    });
    await knowCustomer(tx, world, { customerId, orderId });
    await tx.checkout.update({ where: { id: checkoutId }, data: { state: "paid-twice" } });
  });
}
