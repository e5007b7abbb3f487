import type Stripe from "stripe";
import { minorOf } from "@/lib/billing/money.ts";
import type { BillPreview, PeriodTerms } from "@/lib/billing/ports.ts";
import { Refused } from "@/lib/errors.ts";
import { previewOf } from "./change-terms.ts";
import { idOf } from "./checkout-desk.ts";
import { ask, askOrNothing } from "./client.ts";
import { hasEnded } from "./ledger-nouns.ts";

/** As a subscription that began with such a bill: the vendor's own lines, whenever it will be. */
export async function previewPeriod(stripe: Stripe, terms: PeriodTerms): Promise<BillPreview> {
  const { customerId: customer, subscriptionId } = terms;
  const subscription = await ask("subscriptions.retrieve", () => stripe.subscriptions.retrieve(subscriptionId));
  const items = itemsOf(subscription, terms).map(({ id: _id, ...item }) => item);
  const invoice = await ask("invoices.createPreview", () =>
    stripe.invoices.createPreview({ customer, currency: subscription.currency, subscription_details: { items } }),
  );
  return previewOf(stripe, invoice);
}

/**
 * A trial that ends with what is paid is the vendor's way of saying when the next bill comes, whatever its period: the change is
 * made in the last days of the old one, is billed for nothing, and the first bill of the new one comes on its own day.
 */
export async function changePeriod(
  stripe: Stripe,
  terms: PeriodTerms,
): Promise<"done" | "over" | "not-yet" | "too-late"> {
  const { subscriptionId, changeId, period } = terms;
  const subscription = await askOrNothing("subscriptions.retrieve", () =>
    stripe.subscriptions.retrieve(subscriptionId),
  );
  if (!subscription || hasEnded(subscription)) return "over";
  if (subscription.items.data.every(({ price }) => price.recurring?.interval === period)) return "done";
  const end = Math.min(...subscription.items.data.map((item) => item.current_period_end));
  const away = end - terms.from.getTime() / 1000;
  if (Math.abs(away) > daySeconds) return away > 0 ? "too-late" : "not-yet";
  const change = { trial_end: end, proration_behavior: "none" as const, metadata: { terms: changeId } };
  const items = itemsOf(subscription, terms);
  const once = { idempotencyKey: `terms-${changeId}` };
  await ask("subscriptions.update", () => stripe.subscriptions.update(subscriptionId, { ...change, items }, once));
  return "done";
}

/** The vendor's end of a period and ours are the same moment but for how months without such a day are counted. */
const daySeconds = 86_400;

/** Each line keeps its product, and so its name. One that we know no sum for cannot stay on a bill of another period. */
const itemsOf = ({ items }: Stripe.Subscription, { lines, period, tax }: PeriodTerms) =>
  items.data.map(({ id, price }) => {
    const line = lines.find(({ itemId }) => itemId === id);
    if (!line)
      throw new Refused(`Nobody knows what ${id} costs by the ${period}`, {
        vendor: "Stripe",
        call: "subscriptions.update",
      });
    return {
      id,
      quantity: 1,
      price_data: {
        product: idOf(price.product) ?? "",
        currency: line.sum.currency.toLowerCase(),
        unit_amount: minorOf(line.sum),
        tax_behavior: tax === "inclusive" ? ("inclusive" as const) : ("unspecified" as const),
        recurring: { interval: period },
      },
    };
  });
