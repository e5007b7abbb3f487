import { cache } from "react";
import { NameplateError } from "@/lib/errors.ts";
import { describeWatch, type WatchView } from "@/lib/orders/describe-watch.ts";
import { web } from "@/lib/web.ts";
import { findWatcher } from "../../../_frame/find-watcher.ts";

/** What this browser may watch, read once a request; undefined when it is nothing. */
export const watched = cache(async (): Promise<WatchView | undefined> => {
  const who = await findWatcher();
  if (!who) return undefined;
  try {
    return await describeWatch(web().world, who);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") return undefined;
    throw error;
  }
});
