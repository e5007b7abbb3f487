import type { Listener } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Who } from "@/lib/households/access.ts";
import type { World } from "@/lib/world.ts";
import { describeWatch, stampOf, type WatchView } from "./describe-watch.ts";

export interface Follower {
  /** What a page should show now. `over`: nothing more will come. */
  show(stamp: string, over: boolean): void;
  /** Nothing changed for a while: tells whether the other side is still there. */
  beat(): void;
}

/** Several findings come at once: they are shown together. */
const gatherMs = 150;
/** Looks by itself so often, for times that pass without a change and for news that were missed. */
const beatMs = 15_000;
/** Then the browser connects again, and who it is is asked anew. */
const mostBeats = 120;

/**
 * Follows what a buyer, or whoever runs a home, may watch: at once, then at each change, until it is over, the signal
 * ends it, or half an hour has passed. Listens first and reads then, so that nothing falls in between.
 */
export async function followProgress(
  tools: World & { readonly listener: Listener },
  who: Who,
  follower: Follower,
  signal: AbortSignal,
): Promise<void> {
  const { clock, listener } = tools;
  const news = new News();
  let watched: Pick<WatchView, "orderId" | "tenantId"> | undefined;
  const heard = (payload: string) => {
    if (payload === "" || payload === watched?.orderId || payload === watched?.tenantId) news.ring();
  };
  const stop = [listener.on("tenant", heard), listener.on("order", heard)];
  signal.addEventListener("abort", () => news.ring(), { once: true });
  try {
    let shown = "";
    for (let beats = 0; beats < mostBeats && !signal.aborted; ) {
      const view = await described(tools, who);
      if (!view || signal.aborted) return;
      watched = view;
      const [stamp, over] = [stampOf(view), isOver(view)];
      if (stamp !== shown) follower.show(stamp, over);
      else follower.beat();
      shown = stamp;
      if (over) return;
      const rung = await Promise.race([news.wait(), clock.sleep(beatMs).then(() => false)]);
      if (rung) await clock.sleep(gatherMs);
      else beats += 1;
    }
  } finally {
    for (const off of stop) off();
  }
}

/** Undefined once it is theirs no more: a home that is taken down, a session that ended. */
async function described(world: World, who: Who): Promise<WatchView | undefined> {
  try {
    return await describeWatch(world, who);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") return undefined;
    throw error;
  }
}

const isOver = ({ phase }: WatchView): boolean => ["done", "refunded", "over", "unpaid"].includes(phase);

/** News that came while nobody waited are not lost. */
class News {
  #come = false;
  #wake: (() => void) | undefined;
  ring(): void {
    this.#come = true;
    this.#wake?.();
  }
  async wait(): Promise<true> {
    if (!this.#come) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#come = false;
    return true;
  }
}
