import type { World } from "@/lib/world.ts";
import type { WatchView } from "./describe-watch.ts";

/**
 * The buyer came back from the payment page: the workers ask the vendor now, so that a webhook which was lost costs a
 * moment and nothing else.
 */
export async function hurryPayment({ ring }: Pick<World, "ring">, view: WatchView): Promise<void> {
  if (view.phase === "payment") await ring({ kind: "order", orderId: view.orderId });
}
