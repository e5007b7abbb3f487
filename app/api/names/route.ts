import type { NextRequest } from "next/server";
import { describeOrder } from "@/lib/orders/describe-order.ts";
import { web } from "@/lib/web.ts";
import { searching, tooOften } from "../../_frame/limits.ts";
import { readOrderKey } from "../../_frame/order-cookie.ts";
import { presentSearch } from "../../start/name/present-search.ts";
import { searchHere } from "../../start/name/search-here.ts";

/** Search as they type. Public, as the page is; it only reads. `q` is what stands in the field. */
export async function GET(request: NextRequest): Promise<Response> {
  const wait = await tooOften(searching);
  if (wait !== undefined) return new Response(null, { status: 429, headers: { "Retry-After": String(wait) } });
  const typed = request.nextUrl.searchParams.get("q") ?? "";
  const order = await describeOrder(web().world, await readOrderKey());
  const view = await searchHere(typed, order);
  return Response.json(
    await presentSearch(view, { heads: order?.heads ?? 1, ...(order?.name ? { chosen: order.name } : {}) }),
  );
}
