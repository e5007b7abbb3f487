import { findGivenCards } from "@/lib/billing/find-given-cards.ts";
import { keepBill } from "@/lib/billing/keep-bill.ts";
import { settleChanges } from "@/lib/billing/settle-changes.ts";
import { showTerms } from "@/lib/billing/show-terms.ts";
import { syncAsks } from "@/lib/households/asks/sync-asks.ts";
import { runTrial } from "@/lib/households/trials/run-trial.ts";
import { followEvent } from "@/lib/orders/follow-event.ts";
import { settleRefunds } from "@/lib/orders/settle-refunds.ts";
import { syncOrder } from "@/lib/orders/sync-order.ts";
import { forgetFailedBell, noteFailedBell } from "@/lib/queue/note-failed-bell.ts";
import type { Bell } from "@/lib/world.ts";
import { reconcileTenant } from "./reconcile-tenant.ts";
import type { WorkerTools } from "./tools.ts";

/**
 * Every bell may come twice, late, or not at all. One that cannot be answered is written down, and comes again ever later:
 * the sweep rings for what is due, and without that would ring every second for what fails.
 */
export async function answerBell(tools: WorkerTools, bell: Bell): Promise<void> {
  try {
    await answer(tools, bell);
  } catch (error) {
    await noteFailedBell(tools, bell, error);
    throw error;
  }
  await forgetFailedBell(tools, bell);
}

async function answer(tools: WorkerTools, bell: Bell): Promise<void> {
  switch (bell.kind) {
    case "tenant":
      return reconcileTenant(tools, bell.tenantId);
    case "look":
      return reconcileTenant(tools, bell.tenantId, "only-look");
    case "asks":
      return syncAsks(tools, bell.tenantId);
    case "trial":
      return runTrial(tools, bell.trialId);
    case "order":
      await syncOrder(tools, bell.orderId);
      await showTerms(tools, { orderId: bell.orderId });
      await findGivenCards(tools, { orderId: bell.orderId });
      await settleChanges(tools, { orderId: bell.orderId });
      return settleRefunds(tools, { orderId: bell.orderId });
    case "event":
      return followEvent(tools, bell.eventId);
    case "bill":
      return keepBill(tools, bell.customerId);
    case "mail":
      return tools.sendMails();
  }
}
