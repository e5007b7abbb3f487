import { findChangedCustomers } from "@/lib/billing/find-changed-customers.ts";
import { findGivenCards } from "@/lib/billing/find-given-cards.ts";
import { readNameYears } from "@/lib/billing/read-name-years.ts";
import { settleChanges } from "@/lib/billing/settle-changes.ts";
import { showTerms } from "@/lib/billing/show-terms.ts";
import { secondsAfter } from "@/lib/clock.ts";
import { hearStatements } from "@/lib/households/hear-statements.ts";
import { findLostPayments } from "@/lib/orders/find-lost-payments.ts";
import { refundForgottenOrders } from "@/lib/orders/refund-forgotten-orders.ts";
import { settleRefunds } from "@/lib/orders/settle-refunds.ts";
import { tellDelayed } from "@/lib/orders/tell-delayed.ts";
import { watchRefunds } from "@/lib/orders/watch-refunds.ts";
import { bellShape } from "@/lib/queue/bell-shape.ts";
import { keepAlerts } from "@/lib/staff/keep-alerts.ts";
import { compareNames } from "@/lib/tenants/compare-names.ts";
import type { Bell } from "@/lib/world.ts";
import { endWhatIsOver } from "./end-what-is-over.ts";
import type { WorkerTools } from "./tools.ts";

/** At most so many of a kind in one round; the next round is a second later. */
const atOnce = 200;

/** Events are followed by their own ring; one that was not, for so long, lost it. */
const lostRingSeconds = 3;

interface Due {
  readonly kind: "tenant" | "asks" | "trial" | "order" | "bill" | "event" | "mail";
  /** Of a letter none: whoever sends letters looks for all that are due. */
  readonly id: string;
}

/**
 * Finds everything that is due in PostgreSQL, by one question: it is asked each second. This is what makes Redis a mere doorbell: no
 * ring, and a second is lost. Whose bell could not be answered is not due by itself: it comes when its next try is due, until it is
 * given up.
 */
export async function findDue({ db, clock }: WorkerTools): Promise<Bell[]> {
  const now = clock.now();
  const due = await db.$queryRaw<Due[]>`
    (SELECT 'tenant' AS kind, "id" FROM "Tenant" WHERE "nextCheckAt" <= ${now}
      AND NOT EXISTS (SELECT 1 FROM "FailedBell" f WHERE f."id" = 'tenant-' || "Tenant"."id")
      ORDER BY "nextCheckAt", "id" LIMIT ${atOnce})
    UNION ALL (SELECT 'asks', t."id" FROM "Tenant" t WHERE (t."nextAsksAt" IS NULL OR t."nextAsksAt" <= ${now})
      AND t."want" = 'present' AND t."readyAt" IS NOT NULL AND t."restsSince" IS NULL
      AND EXISTS (SELECT 1 FROM "Person" p WHERE p."tenantId" = t."id" AND p."kind" = 'child' AND p."takenOutAt" IS NULL)
      AND NOT EXISTS (SELECT 1 FROM "FailedBell" f WHERE f."id" = 'asks-' || t."id")
      ORDER BY t."nextAsksAt" NULLS FIRST, t."id" LIMIT ${atOnce})
    UNION ALL (SELECT 'trial', "id" FROM "Trial" WHERE "nextTryAt" <= ${now}
      AND NOT EXISTS (SELECT 1 FROM "FailedBell" f WHERE f."id" = 'trial-' || "Trial"."id")
      ORDER BY "nextTryAt", "id" LIMIT ${atOnce})
    UNION ALL (SELECT 'order', "id" FROM "Order" WHERE "nextSyncAt" <= ${now}
      AND NOT EXISTS (SELECT 1 FROM "FailedBell" f WHERE f."id" = 'order-' || "Order"."id")
      ORDER BY "nextSyncAt", "id" LIMIT ${atOnce})
    UNION ALL (SELECT 'bill', "id" FROM "Customer" WHERE "nextSyncAt" <= ${now}
      AND NOT EXISTS (SELECT 1 FROM "FailedBell" f WHERE f."id" = 'bill-' || "Customer"."id")
      ORDER BY "nextSyncAt", "id" LIMIT ${atOnce})
    UNION ALL (SELECT 'event', "id" FROM "WebhookEvent"
      WHERE "doneAt" IS NULL AND "receivedAt" <= ${secondsAfter(now, -lostRingSeconds)}
      AND NOT EXISTS (SELECT 1 FROM "FailedBell" f WHERE f."id" = 'event-' || "WebhookEvent"."id")
      ORDER BY "receivedAt", "id" LIMIT ${atOnce})
    UNION ALL (SELECT 'mail', '' FROM "Mail" WHERE "sentAt" IS NULL AND "deadAt" IS NULL AND "nextTryAt" <= ${now}
      AND NOT EXISTS (SELECT 1 FROM "FailedBell" f WHERE f."id" = 'mail-') LIMIT 1)`;
  const again = await db.failedBell.findMany({
    where: { deadAt: null, nextTryAt: { lte: now } },
    orderBy: [{ nextTryAt: "asc" }, { id: "asc" }],
    take: atOnce,
  });
  return [...due.map(bellOf), ...again.map(({ bell }) => bellShape.parse(bell))];
}

function bellOf({ kind, id }: Due): Bell {
  switch (kind) {
    case "tenant":
    case "asks":
      return { kind, tenantId: id };
    case "trial":
      return { kind, trialId: id };
    case "order":
      return { kind, orderId: id };
    case "bill":
      return { kind, customerId: id };
    case "event":
      return { kind, eventId: id };
    case "mail":
      return { kind };
  }
}

/** What waits for nobody's ring. */
const slowParts: readonly { readonly what: string; readonly work: (tools: WorkerTools) => Promise<unknown> }[] = [
  { what: "tell buyers of a delay", work: tellDelayed },
  { what: "give money back to buyers who say nothing", work: refundForgottenOrders },
  { what: "hear who withdraws without signing in", work: hearStatements },
  { what: "read what later years of names cost", work: readNameYears },
  { what: "ask what changes of bills come to", work: showTerms },
  { what: "find cards that were given", work: findGivenCards },
  { what: "carry out what families want of their bills", work: settleChanges },
  { what: "settle refunds", work: settleRefunds },
  { what: "see that refunds stay where they went", work: watchRefunds },
  { what: "find payments that no row of ours knows", work: findLostPayments },
  { what: "find customers of whom no webhook told", work: findChangedCustomers },
  { what: "compare the registrar's names with our homes", work: compareNames },
  { what: "end what is over", work: endWhatIsOver },
  { what: "open and close alerts", work: keepAlerts },
];

/** Does each part; one that fails goes to the log and stops none after it. */
export async function sweepSlowly(tools: WorkerTools): Promise<void> {
  for (const { what, work } of slowParts)
    await work(tools).catch((error: unknown) =>
      tools.log.error({ err: error, part: what }, "A part of the slow sweep failed; the others go on"),
    );
}
