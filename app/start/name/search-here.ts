import type { OrderView } from "@/lib/orders/describe-order.ts";
import { type SearchView, searchNames } from "@/lib/orders/search-names.ts";
import { web } from "@/lib/web.ts";
import { termsHere } from "../../_frame/terms.ts";

/** A search on behalf of this browser's order: for its number of people, with its given name, not in its own way. */
export async function searchHere(typed: string, order: OrderView | undefined): Promise<SearchView> {
  const { checkout } = web();
  return searchNames(checkout, {
    typed,
    people: order?.heads ?? 1,
    terms: await termsHere(order),
    ...(order?.buyerPart ? { given: order.buyerPart } : {}),
    ...(order ? { orderId: order.id } : {}),
  });
}
