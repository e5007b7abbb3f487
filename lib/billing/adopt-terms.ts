import type { Db, Tx } from "@/lib/db.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { type Bill, withHome, withPeriod } from "./bill.ts";
import type { KnownBill } from "./known-bill.ts";
import { keptQuote, type Quote, readQuote } from "./quote.ts";
import { type BillSubscription, linesOfSubscription, type OrderBill, readBill } from "./read-bill.ts";

/**
 * A database that was set back to before a family changed its plan, its period or what is beside its home does not know what was
 * agreed since, and the payment vendor does: its line for the home says of which plan it is, and the subscription what is beside it.
 * What a wish of the family's is about is left alone. The order as it is then.
 */
export async function adoptTerms(db: Db, { order, bill }: Pick<KnownBill, "order" | "bill">): Promise<Order> {
  return agreedSince(order, bill) ? db.$transaction((tx) => adopt(tx, order)) : order;
}

async function adopt(tx: Tx, { id }: Order): Promise<Order> {
  await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${id} FOR UPDATE`;
  const order = await tx.order.findUniqueOrThrow({ where: { id } });
  const bill = await readBill(tx, id);
  const agreed = agreedSince(order, bill);
  if (!agreed || (await isOfOurs(tx, id, bill))) return order;
  return tx.order.update({ where: { id }, data: { quote: keptQuote(agreed) } });
}

/** What the vendor's lines say was agreed, where our quote says something else. */
function agreedSince(order: Order, { subscription, twice }: OrderBill): Quote | undefined {
  const home = subscription && linesOfSubscription(subscription).find(({ what }) => what === "home");
  if (!subscription || !home || twice) return undefined;
  const quote = readQuote(order);
  const [plan, turned] = [home.plan ?? quote.plan, subscription.period !== quote.period];
  const beside = besideSince(quote, subscription);
  if (quote.plan === plan && !turned) return beside && withPeriod(quote, { ...quote, addOns: beside });
  return withHome(turned || beside ? byPeriod(quote, subscription) : quote, { plan, home: home.sum });
}

/** The lines of what was agreed to be beside the home, where the quote has others. What somebody at the vendor took off was agreed. */
function besideSince(quote: Quote, { addOns, ...subscription }: BillSubscription): Bill["addOns"] | undefined {
  if (addOns === null) return undefined;
  const has = quote.addOns.map(({ id }) => id);
  const agreed = addOns.split(",").filter(Boolean);
  const lines = addOnLines(subscription).filter(({ id }) => agreed.includes(id));
  const theSame = (ids: readonly string[]) => ids.length === has.length && ids.every((id) => has.includes(id));
  return theSame(agreed) || theSame(lines.map(({ id }) => id)) ? undefined : lines;
}

const addOnLines = (subscription: Pick<BillSubscription, "lines" | "currency">): Bill["addOns"] =>
  linesOfSubscription(subscription).flatMap(({ what, sum }) =>
    typeof what === "object" ? [{ id: what.addOn, sum }] : [],
  );

/** What a bill's own lines say was agreed: its home, plan, period and add-ons; the name's sums stay as they were. */
export function agreedOn(quote: Quote, subscription: Pick<BillSubscription, "lines" | "currency" | "period">): Quote {
  const home = linesOfSubscription(subscription).find(({ what }) => what === "home");
  const agreed = byPeriod(quote, subscription);
  return home ? withHome(agreed, { plan: home.plan ?? quote.plan, home: home.sum }) : agreed;
}

/** A wish of the family's is under way, or was carried out since our copy was made. */
async function isOfOurs(tx: Tx, orderId: string, { subscription }: OrderBill): Promise<boolean> {
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
  const askedAt = subscription?.customer.askedAt;
  return last !== null && (last.state === "wanted" || !last.doneAt || !askedAt || last.doneAt >= askedAt);
}

function byPeriod(quote: Quote, subscription: Pick<BillSubscription, "lines" | "currency" | "period">): Quote {
  const addOns = addOnLines(subscription);
  return withPeriod(quote, { period: subscription.period === "year" ? "year" : "month", home: quote.home, addOns });
}
