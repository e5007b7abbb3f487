import type { Tx } from "@/lib/db.ts";
import type { World } from "@/lib/world.ts";
import { withHome } from "./bill.ts";
import { keptQuote, readQuote } from "./quote.ts";
import { linesOfSubscription, readBill } from "./read-bill.ts";

/**
 * A database that was set back to before a family changed its plan does not know what was agreed since, and the payment vendor
 * does: its line for the home says of which plan it is. What a wish of the family's is about is left alone.
 */
export async function adoptTerms({ db }: Pick<World, "db">, customerId: string): Promise<void> {
  const running = await db.subscription.findMany({
    where: { customerId, endedAt: null, orderId: { not: null } },
    orderBy: { id: "asc" },
  });
  for (const { orderId } of running) if (orderId) await db.$transaction((tx) => adopt(tx, orderId));
}

async function adopt(tx: Tx, orderId: string): Promise<void> {
  const [order] = await tx.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
  if (!order) return;
  const { subscription, twice } = await readBill(tx, orderId);
  const home = subscription && linesOfSubscription(subscription).find(({ what }) => what === "home");
  if (!home?.plan || twice) return;
  const quote = readQuote(await tx.order.findUniqueOrThrow({ where: { id: orderId } }));
  if (quote.plan === home.plan) return;
  const last = await tx.billChange.findFirst({
    where: { orderId, kind: "terms", state: { in: ["wanted", "done"] } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const askedAt = subscription?.customer.askedAt;
  // Our copy may be from before it was done.
  if (last && (last.state === "wanted" || !last.doneAt || !askedAt || last.doneAt >= askedAt)) return;
  const agreed = withHome(quote, { plan: home.plan, home: home.sum });
  await tx.order.update({ where: { id: orderId }, data: { quote: keptQuote(agreed) } });
}
