import type { CheckoutDesk } from "@/lib/billing/ports.ts";
import { readBill } from "@/lib/billing/read-bill.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";

/** The address at which whoever pays for a home gives another card for its bill. It is theirs alone, and kept nowhere. */
export async function openCardPage(
  tools: World & { readonly desk: CheckoutDesk },
  who: Member,
  backUrl: string,
): Promise<string> {
  const { orderId } = await billOf(tools, who);
  const { subscription } = await readBill(tools.db, orderId);
  if (!subscription) throw new NameplateError("not-found", `Order ${orderId} has no bill at the payment vendor`);
  return tools.desk.cardPage(subscription.customerId, backUrl);
}
