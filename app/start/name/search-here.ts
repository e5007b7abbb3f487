import type { OrderView } from "@/lib/orders/describe-order.ts";
import { type SearchView, searchNames } from "@/lib/orders/search-names.ts";
import { web } from "@/lib/web.ts";

/** A search on behalf of this browser's order: for its number of people, with its given name, not in its own way. */
export function searchHere(typed: string, order: OrderView | undefined): Promise<SearchView> {
  const { checkout } = web();
  return searchNames(checkout, {
    typed,
    people: order?.heads ?? 1,
    ...(order?.buyerPart ? { given: order.buyerPart } : {}),
    ...(order ? { orderId: order.id } : {}),
  });
}
