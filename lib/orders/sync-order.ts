import { knowCustomer } from "@/lib/billing/know-customer.ts";
import { isZero, minorOf, moneyOf, same } from "@/lib/billing/money.ts";
import { pokeCustomers } from "@/lib/billing/poke-customers.ts";
import type { Cashier, Visit } from "@/lib/billing/ports.ts";
import { secondsAfter } from "@/lib/clock.ts";
import type { Checkout, Order } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { markOrderPaid } from "./mark-order-paid.ts";
import { refundSecondPayment } from "./refund-second-payment.ts";
import { tellWatchers } from "./tell-watchers.ts";

export interface SyncTools extends World {
  readonly cashier: Cashier;
}

/**
 * Fetches the truth about an order's payments and brings our rows in line: the one function that webhooks, the sweep,
 * the buyer's return and the staff button all lead to. Safe to run at any time, any number of times.
 */
export async function syncOrder(tools: SyncTools, orderId: string): Promise<void> {
  const order = await tools.db.order.findUnique({
    where: { id: orderId },
    include: { checkouts: { orderBy: { try: "asc" } } },
  });
  if (!order) return;
  for (const visit of order.checkouts) {
    if (visit.state === "open" && visit.sessionId) await syncVisit(tools, order, visit, visit.sessionId);
  }
  await planNextSync(tools, order);
}

async function syncVisit(tools: SyncTools, order: Order, ours: Checkout, sessionId: string): Promise<void> {
  const theirs = await tools.cashier.look(sessionId);
  if (!theirs || theirs.state === "open") return;
  if (theirs.state === "expired") {
    await tools.db.checkout.updateMany({ where: { id: ours.id, state: "open" }, data: { state: "expired" } });
    return;
  }
  if (theirs.subscriptionId && isZero(theirs.total) && !isZero(theirs.full))
    return turnAway(tools, ours, theirs.subscriptionId);
  if (ours.purpose === "return") return seeReturn(tools, order, ours, theirs);
  const payment = theirs.subscriptionId ? await tools.cashier.payment(theirs.subscriptionId) : undefined;
  if (!theirs.subscriptionId || !payment) return; // complete, but the money is not seen yet: the next look will show it
  refuseStrangeSum(ours, theirs);
  const paid = { ...theirs, subscriptionId: theirs.subscriptionId, payment };
  const first = await markOrderPaid(tools, order.id, ours.id, paid);
  if (!first) await refundSecondPayment(tools, order.id, ours.id, paid);
}

/**
 * A family came back and paid. Whether its home opens again is decided by our copy of its bill, which has this payment in it from the
 * next time on (lib/billing/take-returns.ts): it is asked for here.
 */
async function seeReturn({ db, clock, ring }: SyncTools, order: Order, ours: Checkout, theirs: Visit): Promise<void> {
  const { subscriptionId, customerId } = theirs;
  // Its first payment is a visit of the same list, and comes first.
  if (!subscriptionId || !customerId || order.state === "draft" || order.state === "checkout") return;
  refuseStrangeSum(ours, theirs);
  const now = clock.now();
  await db.$transaction(async (tx) => {
    await knowCustomer(tx, { clock }, { customerId, orderId: order.id });
    await tx.checkout.updateMany({
      where: { id: ours.id, state: "open" },
      data: { state: "seen", subscriptionId, paidAt: now },
    });
    await pokeCustomers(tx, [customerId], now);
  });
  await ring({ kind: "bill", customerId });
}

/**
 * A code took all of it: nothing came, so nothing could go back, and no card has shown that it pays. The bill ends before it
 * asks for anything, and the buyer is where they were before they went to pay, and told why.
 */
async function turnAway({ db, cashier }: SyncTools, ours: Checkout, subscriptionId: string): Promise<void> {
  await cashier.endSubscription(subscriptionId);
  await db.checkout.updateMany({
    where: { id: ours.id, state: "open" },
    data: { state: "turned-away", subscriptionId },
  });
}

/** Before any code the sum is that of our own quote; the vendor asking another one is a bug that must not provision anything. */
function refuseStrangeSum(ours: Checkout, theirs: Visit): void {
  if (!same(theirs.full, moneyOf(ours.totalMinor, ours.currency))) {
    throw new Error(
      `Visit ${ours.id} was for ${ours.totalMinor} ${ours.currency}, the payment vendor says ${minorOf(theirs.full)} ${theirs.full.currency}`,
    );
  }
}

/** The vendor is asked for a page for at most half a minute, retries included; after twice that its answer is lost. */
const openingSeconds = 60;

/**
 * Open visits are asked about again, ever more slowly, until they are over; webhooks only make it faster. A visit begun
 * since `order` was read (its try is a later one) has planned for itself.
 */
async function planNextSync({ db, clock }: World, { id: orderId, checkoutTry }: Order): Promise<void> {
  const now = clock.now();
  const opening = { state: "opening", createdAt: { gt: secondsAfter(now, -openingSeconds) } };
  const open = await db.checkout.findFirst({
    where: { orderId, OR: [{ state: "open" }, opening] },
    orderBy: { createdAt: "desc" },
  });
  const age = open ? (now.getTime() - open.createdAt.getTime()) / 1000 : 0;
  const nextSyncAt = open ? secondsAfter(now, Math.min(600, Math.max(10, age / 4))) : null;
  const back = open ? {} : { state: "draft" as const };
  await db.order.updateMany({ where: { id: orderId, state: "checkout", checkoutTry }, data: { nextSyncAt, ...back } });
  if (!open) await tellWatchers(db, orderId);
  await db.order.updateMany({ where: { id: orderId, state: { not: "checkout" }, checkoutTry }, data: { nextSyncAt } });
}
