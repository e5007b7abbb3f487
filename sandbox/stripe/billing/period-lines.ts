import type { InvoiceLine } from "../objects/invoice-line.ts";
import type { Subscription, SubscriptionItem } from "../objects/subscription.ts";
import type { Work } from "../state/work.ts";
import { takePending } from "./invoice-items.ts";
import { recurringLine } from "./subscription-lines.ts";

/** The lines of a subscription's invoice: what waited for one, then these items' periods. */
export const periodLines = (
  work: Work,
  invoice: string,
  { customer, id, currency }: Subscription,
  items: readonly SubscriptionItem[],
): InvoiceLine[] => [
  ...takePending(work, invoice, { customer, subscription: id, currency }),
  ...items.map((item) => recurringLine(work, invoice, item)),
];
