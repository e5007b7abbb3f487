import { findCustomer } from "@/lib/billing/find-customer.ts";
import { findGivenCards } from "@/lib/billing/find-given-cards.ts";
import { pokeCustomers } from "@/lib/billing/poke-customers.ts";
import { settleRefunds } from "./settle-refunds.ts";
import { type SyncTools, syncOrder } from "./sync-order.ts";
import { watchRefunds } from "./watch-refunds.ts";

/** A stored webhook is a nudge: it says which order and which customer to look at, and the truth is fetched from the vendor. */
export async function followEvent(tools: SyncTools, eventId: string): Promise<void> {
  const { db, clock } = tools;
  const event = await db.webhookEvent.findUnique({ where: { id: eventId } });
  if (!event || event.doneAt) return;
  const visit = event.objectId ? await db.checkout.findUnique({ where: { sessionId: event.objectId } }) : null;
  const refund = event.objectId ? await db.refund.findUnique({ where: { stripeRefundId: event.objectId } }) : null;
  const orderId = visit?.orderId ?? refund?.orderId ?? event.orderId;
  if (orderId) await syncOrder(tools, orderId);
  if (orderId) await findGivenCards(tools, { orderId });
  if (refund) await settleRefunds(tools, { id: refund.id });
  if (refund) await watchRefunds(tools, { id: refund.id });
  const customerId = await findCustomer(db, event);
  if (customerId) await pokeCustomers(db, [customerId], clock.now());
  await db.webhookEvent.update({ where: { id: eventId }, data: { doneAt: clock.now() } });
  if (customerId) await tools.ring({ kind: "bill", customerId });
}
