import { isHealthy } from "@/lib/health.ts";
import { web } from "@/lib/web.ts";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  return (await isHealthy(web().world)) ? Response.json({ ok: true }) : Response.json({ ok: false }, { status: 503 });
}
