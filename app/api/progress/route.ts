import { log } from "@/lib/log.ts";
import { followProgress } from "@/lib/orders/follow-progress.ts";
import { web } from "@/lib/web.ts";
import { caller } from "../../_frame/caller.ts";
import { findWatcher } from "../../_frame/find-watcher.ts";
import { takeSeat } from "./seats.ts";

export const dynamic = "force-dynamic";

/** Without a stream the page asks again by itself; with one that broke it comes back after this long. */
const retryMs = 3000;

/**
 * What happens to an order, as it happens: a mark of what its page should show, nothing else. The order's cookie or a
 * session is the authorisation, asked for again at each reading.
 */
export async function GET(request: Request): Promise<Response> {
  const who = await findWatcher();
  if (!who) return new Response(null, { status: 401 });
  const leave = takeSeat(caller(request.headers));
  if (!leave) return new Response(null, { status: 429, headers: { "retry-after": "60" } });
  const gone = new AbortController();
  request.signal.addEventListener("abort", () => gone.abort(), { once: true });

  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const text = new TextEncoder();
      const write = (line: string) => controller.enqueue(text.encode(line));
      write(`retry: ${retryMs}\n\n`);
      const { world, listener } = web();
      const follower = {
        show: (stamp: string, over: boolean) => write(`event: ${over ? "over" : "news"}\ndata: ${stamp}\n\n`),
        beat: () => write(": still here\n\n"),
      };
      followProgress({ ...world, listener }, who, follower, gone.signal)
        .then(() => {
          if (!gone.signal.aborted) controller.close();
        })
        .catch((error: unknown) => {
          if (gone.signal.aborted) return;
          log.warn({ err: error }, "A progress stream ended early; its page comes back");
          controller.error(error);
        })
        .finally(leave);
    },
    cancel: () => gone.abort(),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
