import type Stripe from "stripe";
import { type Money, minorOf, moneyOf } from "@/lib/billing/money.ts";
import type { NamePrice } from "@/lib/billing/ports.ts";
import { Refused } from "@/lib/errors.ts";
import { idOf } from "./checkout-desk.ts";
import { ask, askOrNothing } from "./client.ts";
import { hasEnded } from "./ledger-nouns.ts";

/** Another price of the same product on the same line, which bears the cause: by its product it is known what it is for. */
export async function priceName(stripe: Stripe, change: NamePrice): Promise<Money | undefined> {
  const { subscriptionId, itemId, cause, year, price, parts } = change;
  const subscription = await askOrNothing("subscriptions.retrieve", () =>
    stripe.subscriptions.retrieve(subscriptionId),
  );
  if (!subscription || hasEnded(subscription)) return undefined;
  const item = itemOf(subscription, itemId);
  const stands = standing(item, change);
  if (stands) return stands;
  // By the period that stands there: our copy may be from before another.
  const amount = minorOf(item.price.recurring?.interval === "year" ? parts.year : parts.month);
  const metadata = { cause, nameYear: String(year), nameYearMinor: String(minorOf(price)) };
  const after = await ask("subscriptions.update", () =>
    stripe.subscriptions.update(
      subscriptionId,
      { items: [{ id: itemId, metadata, ...priced(item, amount) }], proration_behavior: "none" },
      { idempotencyKey: `${cause}-${minorOf(price)}-${amount}` },
    ),
  );
  const written = itemOf(after, itemId);
  if (written.price.unit_amount !== amount) throw new Error(`${cause} left ${written.price.unit_amount} in the bill`);
  return price;
}

function itemOf({ items }: Stripe.Subscription, itemId: string): Stripe.SubscriptionItem {
  const item = items.data.find(({ id }) => id === itemId);
  if (item) return item;
  throw new Refused("The bill's line for the name is gone", { vendor: "Stripe", call: "subscriptions.update" });
}

/** What was written already for this year; or, when that of a year after it is, that nothing is left to do. */
function standing({ metadata }: Stripe.SubscriptionItem, { cause, year, price }: NamePrice): Money | undefined {
  if (metadata["cause"] === cause) return moneyOf(Number(metadata["nameYearMinor"]), price.currency);
  return Number(metadata["nameYear"] ?? 0) > year ? price : undefined;
}

/** Nothing where the sum stays. */
function priced({ price }: Stripe.SubscriptionItem, unit_amount: number) {
  if (price.unit_amount === unit_amount) return {};
  const { currency, tax_behavior, recurring } = price;
  const rhythm = {
    interval: recurring?.interval ?? ("month" as const),
    interval_count: recurring?.interval_count ?? 1,
  };
  const behavior = tax_behavior ? { tax_behavior } : {};
  return { price_data: { currency, product: idOf(price.product) ?? "", recurring: rhythm, unit_amount, ...behavior } };
}
