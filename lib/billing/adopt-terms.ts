import type { Tx } from "@/lib/db.ts";
import type { World } from "@/lib/world.ts";
import { withHome, withPeriod } from "./bill.ts";
import { keptQuote, type Quote, readQuote } from "./quote.ts";
import { type BillSubscription, linesOfSubscription, readBill } from "./read-bill.ts";

/**
 * A database that was set back to before a family changed its plan or its period does not know what was agreed since, and the payment vendor
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
  if (!subscription || !home || twice) return;
  const quote = readQuote(await tx.order.findUniqueOrThrow({ where: { id: orderId } }));
  const { period } = subscription;
  const [plan, turned] = [home.plan ?? quote.plan, period !== quote.period];
  if (quote.plan === plan && !turned) return;
  const last = await tx.billChange.findFirst({
    // A period that waits for its day is not about what is so now.
    where: {
      orderId,
      OR: [
        { kind: "terms", state: { in: ["wanted", "done"] } },
        { kind: "period", state: "done" },
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const askedAt = subscription.customer.askedAt;
  // Our copy may be from before it was done.
  if (last && (last.state === "wanted" || !last.doneAt || !askedAt || last.doneAt >= askedAt)) return;
  const agreed = withHome(turned ? byPeriod(quote, subscription) : quote, { plan, home: home.sum });
  await tx.order.update({ where: { id: orderId }, data: { quote: keptQuote(agreed) } });
}

function byPeriod(quote: Quote, subscription: BillSubscription): Quote {
  const addOns = linesOfSubscription(subscription).flatMap(({ what, sum }) =>
    typeof what === "object" ? [{ id: what.addOn, sum }] : [],
  );
  return withPeriod(quote, { period: subscription.period === "year" ? "year" : "month", home: quote.home, addOns });
}
