import { cache } from "react";
import { NameplateError } from "@/lib/errors.ts";
import { type CardsView, describeCards } from "@/lib/households/describe-cards.ts";
import { web } from "@/lib/web.ts";
import { findWatcher } from "../../../_frame/find-watcher.ts";

/** The cards of the home that this browser may see, read once a request; undefined when it may see none. */
export const cardsHere = cache(async (): Promise<CardsView | undefined> => {
  const who = await findWatcher();
  if (!who) return undefined;
  try {
    return await describeCards(web().world, who);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") return undefined;
    throw error;
  }
});
