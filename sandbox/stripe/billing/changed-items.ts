import { z } from "zod";
import type { Price, Recurring } from "../objects/product.ts";
import { newSubscriptionItem, type SubscriptionItem } from "../objects/subscription.ts";
import { invalid } from "../protocol/errors.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import { bool, int, metadata, text } from "../protocol/params.ts";
import type { Work } from "../state/work.ts";
import { makePrice, priceDataOfProduct } from "./inline-prices.ts";
import { cycleAt } from "./period.ts";

/** One entry of `items`: a change of an item by its id, or a new item. */
export const itemChange = z.strictObject({
  id: text().optional(),
  deleted: bool.optional(),
  price: text().optional(),
  price_data: priceDataOfProduct.optional(),
  quantity: int(0).optional(),
  metadata: metadata.optional(),
});
export type ItemChange = z.output<typeof itemChange>;

interface Owner {
  readonly id: string;
  readonly billing_cycle_anchor: number;
}

/** The items after the changes: those not named stay, named ones change or go, others are new. */
export function changedItems(
  work: Work,
  owner: Owner,
  before: readonly SubscriptionItem[],
  changes: readonly ItemChange[],
): SubscriptionItem[] {
  for (const [place, { id }] of changes.entries()) {
    if (id !== undefined && !before.some((item) => item.id === id)) {
      throw invalid(`No such subscription item: '${id}'`, { code: "resource_missing", param: `items[${place}][id]` });
    }
  }
  const kept = before.flatMap((item) => {
    const place = changes.findIndex((change) => change.id === item.id);
    const change = changes[place];
    if (!change) return [item];
    return change.deleted ? [] : [changedItem(work, owner, item, change, `items[${place}]`)];
  });
  const added = changes.flatMap((change, place) =>
    change.id === undefined ? [newItem(work, owner, change, `items[${place}]`)] : [],
  );
  const after = [...kept, ...added];
  if (after.length === 0) throw invalid("A subscription must have at least one active plan.", { param: "items" });
  return after;
}

function changedItem(
  work: Work,
  owner: Owner,
  item: SubscriptionItem,
  change: ItemChange,
  at: string,
): SubscriptionItem {
  const price = priceOf(work, change, at) ?? item.price;
  const recurring = recurringOf(price, at);
  const period = { start: item.current_period_start, end: item.current_period_end };
  return newSubscriptionItem(item, {
    subscription: item.subscription,
    price,
    recurring,
    quantity: change.quantity ?? item.quantity,
    period: sameRhythm(recurring, item.plan) ? period : firstPeriod(work, owner, recurring),
    metadata: changedMetadata(item.metadata, change.metadata),
  });
}

function newItem(work: Work, owner: Owner, change: ItemChange, at: string): SubscriptionItem {
  const price = priceOf(work, change, at);
  if (!price) throw invalid(`You must specify either \`price\` or \`price_data\` in \`${at}\`.`, { param: at });
  const recurring = recurringOf(price, at);
  return newSubscriptionItem(work.born("si"), {
    subscription: owner.id,
    price,
    recurring,
    quantity: change.quantity ?? 1,
    period: firstPeriod(work, owner, recurring),
    metadata: change.metadata ?? {},
  });
}

/** A new item's first period ends with those of the others. */
const firstPeriod = (work: Work, owner: Owner, recurring: Recurring) => ({
  start: work.now,
  end: cycleAt(owner.billing_cycle_anchor, recurring, work.now).end,
});

export const sameRhythm = (one: Recurring, other: Recurring): boolean =>
  one.interval === other.interval && one.interval_count === other.interval_count;

function priceOf(work: Work, change: ItemChange, at: string): Price | undefined {
  if (change.price_data) return makePrice(work, change.price_data, `${at}[price_data]`);
  return change.price === undefined ? undefined : work.need("price", change.price, `${at}[price]`);
}

function recurringOf(price: Price, at: string) {
  if (price.recurring === null)
    throw invalid(
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
      { param: `${at}[price]` },
    );
  return price.recurring;
}
