import { keyOfLine } from "./ledger.ts";
import { type BillSubscription, linesOfSubscription } from "./read-bill.ts";
import type { PriceBook } from "./read-price-book.ts";

/** The operator's own word for an add-on; of one that the book has no more, what the bill calls it. */
export function addOnCalled(
  id: string,
  { addOns }: PriceBook,
  subscription: Pick<BillSubscription, "lines" | "currency"> | undefined,
): string {
  const lines = subscription ? linesOfSubscription(subscription) : [];
  const line = lines.find(({ what }) => keyOfLine(what) === keyOfLine({ addOn: id }));
  return addOns[id]?.called ?? line?.label ?? id;
}
