import { forgetSignIns } from "@/lib/auth/forget-sign-ins.ts";
import { secondsAfter } from "@/lib/clock.ts";
import { forgetDrafts } from "@/lib/orders/forget-drafts.ts";
import { refundForgottenOrders } from "@/lib/orders/refund-forgotten-orders.ts";
import { settleRefunds } from "@/lib/orders/settle-refunds.ts";
import { tellDelayed } from "@/lib/orders/tell-delayed.ts";
import type { Bell } from "@/lib/world.ts";
import type { WorkerTools } from "./tools.ts";

/** At most so many of a kind in one round; the next round is a second later. */
const atOnce = 200;

/** Events are followed by their own ring; one that was not, for so long, lost it. */
const lostRingSeconds = 3;

/** Finds everything that is due in PostgreSQL. This is what makes Redis a mere doorbell: no ring, and a second is lost. */
export async function findDue({ db, clock }: WorkerTools): Promise<Bell[]> {
  const now = clock.now();
  const [tenants, orders, events, mails] = await Promise.all([
    db.tenant.findMany({
      where: { nextCheckAt: { lte: now } },
      select: { id: true },
      orderBy: { nextCheckAt: "asc" },
      take: atOnce,
    }),
    db.order.findMany({
      where: { nextSyncAt: { lte: now } },
      select: { id: true },
      orderBy: { nextSyncAt: "asc" },
      take: atOnce,
    }),
    db.webhookEvent.findMany({
      where: { doneAt: null, receivedAt: { lte: secondsAfter(now, -lostRingSeconds) } },
      select: { id: true },
      take: atOnce,
    }),
    db.mail.count({ where: { sentAt: null, nextTryAt: { lte: now } } }),
  ]);
  return [
    ...tenants.map(({ id }): Bell => ({ kind: "tenant", tenantId: id })),
    ...orders.map(({ id }): Bell => ({ kind: "order", orderId: id })),
    ...events.map(({ id }): Bell => ({ kind: "event", eventId: id })),
    ...(mails > 0 ? [{ kind: "mail" } as const] : []),
  ];
}

/** What waits for nobody's ring: buyers to be told of a delay, drafts and sign-ins to be forgotten, refunds to be made. */
export async function sweepSlowly(tools: WorkerTools): Promise<void> {
  await tellDelayed(tools);
  await forgetDrafts(tools);
  await forgetSignIns(tools);
  await refundForgottenOrders(tools);
  await settleRefunds(tools);
}
