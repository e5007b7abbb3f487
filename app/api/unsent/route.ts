import type { NextRequest } from "next/server";
import { z } from "zod";
import { keepUnsent } from "@/lib/orders/keep-unsent.ts";
import { web } from "@/lib/web.ts";
import { keepingUnsent, tooOften } from "../../_frame/limits.ts";
import { readOrderKey } from "../../_frame/order-cookie.ts";

/** As much as a browser sends from a page that is being closed. */
const mostBytes = 65_536;

const sent = z.object({
  screen: z.enum(["look", "people", "deed"]),
  seen: z.string().max(100),
  values: z.record(z.string().max(100), z.string()),
});

/** Keeps what stands in a form that was not sent yet. Only for the order of this browser. */
export async function POST(request: NextRequest): Promise<Response> {
  const wait = await tooOften(keepingUnsent);
  if (wait !== undefined) return new Response(null, { status: 429, headers: { "Retry-After": String(wait) } });
  const text = await request.text();
  if (text.length > mostBytes) return new Response(null, { status: 413 });
  const read = sent.safeParse(parsed(text));
  if (!read.success) return new Response(null, { status: 400 });
  await keepUnsent(web().world, await readOrderKey(), read.data);
  return new Response(null, { status: 204 });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
