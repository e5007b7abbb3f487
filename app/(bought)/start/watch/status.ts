import type { Said } from "@/lib/errors.ts";
import { isOwnersTurn, type WatchView } from "@/lib/orders/describe-watch.ts";
import { money } from "../../../_frame/write.ts";

/** The one sentence that is read aloud when it changes. */
export function statusOf(view: WatchView, yourCard: string): Said {
  const { phase, paid, done, steps } = view;
  const values = {
    n: done,
    all: steps.length,
    sum: paid ? money(paid) : "",
    card: paid?.card ?? yourCard,
  };
  const needs = steps.find(isOwnersTurn)?.code;
  if (phase === "lost" && !paid) return { key: "watch.status.lost-free", values };
  return { key: `watch.status.${phase === "needs-you" && needs ? needs : phase}`, values };
}
