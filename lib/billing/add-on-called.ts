import { keyOfLine } from "./ledger.ts";
import { type BillSubscription, linesOfSubscription } from "./read-bill.ts";
import type { PriceBook } from "./read-price-book.ts";

/** The operator's own word for an add-on; of one that the book has no more, `otherwise`. */
export const addOnCalled = (id: string, { addOns }: Pick<PriceBook, "addOns">, otherwise = id): string =>
  addOns[id]?.called ?? otherwise;

/** What a bill calls an add-on that it has. */
export function addOnOnBill(
  id: string,
  subscription: Pick<BillSubscription, "lines" | "currency"> | undefined,
): string | undefined {
  const lines = subscription ? linesOfSubscription(subscription) : [];
  return lines.find(({ what }) => keyOfLine(what) === keyOfLine({ addOn: id }))?.label;
}
