import { secondsAfter } from "@/lib/clock.ts";
import type { World } from "@/lib/world.ts";

/** Somebody who went to the payment page so lately is probably typing a card number. Later the page may just be forgotten. */
const buyingSeconds = 600;

/** Which of these names somebody else is paying for right now. */
export async function namesBeingBought(
  { db, clock }: Pick<World, "db" | "clock">,
  names: readonly string[],
  exceptOrder: string | undefined,
): Promise<ReadonlySet<string>> {
  const since = secondsAfter(clock.now(), -buyingSeconds);
  const orders = await db.order.findMany({
    where: {
      name: { in: [...names] },
      ...(exceptOrder ? { id: { not: exceptOrder } } : {}),
      state: "checkout",
      checkouts: { some: { state: { in: ["open", "opening"] }, createdAt: { gte: since } } },
    },
    select: { name: true },
  });
  return new Set(orders.flatMap((order) => order.name ?? []));
}
