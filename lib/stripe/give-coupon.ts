import type Stripe from "stripe";
import type { Gift } from "@/lib/billing/ports.ts";
import { Refused } from "@/lib/errors.ts";
import { idOf } from "./checkout-desk.ts";
import { ask } from "./client.ts";

/**
 * Puts the coupon of a code on a subscription, beside those that it has. The gift's own id stays with the subscription: a
 * coupon for one bill is gone from it once that is drawn, and would be given again.
 */
export async function giveCoupon(stripe: Stripe, subscriptionId: string, { id, code }: Gift): Promise<void> {
  const before = await ask("subscriptions.retrieve", () => stripe.subscriptions.retrieve(subscriptionId));
  if (before.metadata[id]) return;
  const codes = await ask("promotionCodes.list", () => stripe.promotionCodes.list({ code, active: true, limit: 1 }));
  const found = codes.data[0];
  if (!found)
    throw new Refused(`There is no code ${code} that may be used`, { vendor: "Stripe", call: "promotionCodes.list" });
  const had = before.discounts.flatMap((one) => idOf(one) ?? []).map((discount) => ({ discount }));
  await ask("subscriptions.update", () =>
    stripe.subscriptions.update(
      subscriptionId,
      {
        discounts: [...had, { promotion_code: found.id }],
        metadata: { [id]: code },
        proration_behavior: "none",
      },
      { idempotencyKey: `coupon-${id}` },
    ),
  );
}
