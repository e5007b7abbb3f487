import type { NextRequest } from "next/server";
import { describeOrder } from "@/lib/orders/describe-order.ts";
import { reviewPart } from "@/lib/orders/review-part.ts";
import { web } from "@/lib/web.ts";
import { checkingParts, tooOften } from "../../_frame/limits.ts";
import { readOrderKey } from "../../_frame/order-cookie.ts";
import { sayer } from "../../_frame/say.ts";
import type { PartAnswer } from "../../start/_live/live-part.tsx";

/** Whether a part of an address will do, as it is typed. Only for the order of this browser; it only reads. */
export async function GET(request: NextRequest): Promise<Response> {
  const wait = await tooOften(checkingParts);
  if (wait !== undefined) return new Response(null, { status: 429, headers: { "Retry-After": String(wait) } });
  const order = await describeOrder(web().world, await readOrderKey());
  if (!order?.name) return new Response(null, { status: 404 });
  const asked = request.nextUrl.searchParams;
  const text = (name: string) => (asked.get(name) ?? "").slice(0, 500);
  const whose = text("whose") === "you" ? "you" : "them";
  const others = [...(whose === "them" && order.buyerPart ? [order.buyerPart] : []), ...text("others").split(",")];
  const review = reviewPart({ given: text("given"), part: text("part"), name: order.name, others, whose });
  const say = await sayer();
  const words = review.say ? say(review.say, { field: review.field ? say(review.field) : "" }) : "";
  return Response.json({ proposal: review.proposal, ok: review.ok, text: words } satisfies PartAnswer);
}
