import { followEvent } from "@/lib/orders/follow-event.ts";
import { settleRefunds } from "@/lib/orders/settle-refunds.ts";
import { syncOrder } from "@/lib/orders/sync-order.ts";
import type { Bell } from "@/lib/world.ts";
import { reconcileTenant } from "./reconcile-tenant.ts";
import type { WorkerTools } from "./tools.ts";

/** What is done for each bell. Every one of them may come twice, late, or not at all. */
export async function answerBell(tools: WorkerTools, bell: Bell): Promise<void> {
  switch (bell.kind) {
    case "tenant":
      return reconcileTenant(tools, bell.tenantId);
    case "look":
      return reconcileTenant(tools, bell.tenantId, "only-look");
    case "order":
      await syncOrder(tools, bell.orderId);
      return settleRefunds(tools, bell.orderId);
    case "event":
      return followEvent(tools, bell.eventId);
    case "mail":
      return tools.sendMails();
  }
}
