import { httpStatus } from "@/lib/errors.ts";
import { log } from "@/lib/log.ts";
import { noteEvent } from "@/lib/orders/note-event.ts";
import { web } from "@/lib/web.ts";

/** The payment vendor's webhooks. The signature over the raw body is the authorisation; stored, then answered. */
export async function POST(request: Request): Promise<Response> {
  const { world, webhooks } = web();
  try {
    await noteEvent(world, webhooks, await request.text(), request.headers.get("stripe-signature"));
    return new Response(null, { status: 204 });
  } catch (error) {
    const status = httpStatus(error);
    if (status === 500) log.error({ err: error }, "A webhook could not be stored; the vendor will send it again");
    return new Response(null, { status });
  }
}
