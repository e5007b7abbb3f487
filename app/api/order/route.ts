import { httpStatus } from "@/lib/errors.ts";
import { describeTimes } from "@/lib/orders/describe-times.ts";
import { web } from "@/lib/web.ts";
import { readOrderKey } from "../../_frame/order-cookie.ts";

/** How long this browser's order took. The order's cookie is the authorisation. */
export async function GET(): Promise<Response> {
  try {
    return Response.json(await describeTimes(web().world, await readOrderKey()), {
      headers: { "cache-control": "no-store" },
    });
  } catch (error) {
    return Response.json({}, { status: httpStatus(error) });
  }
}
