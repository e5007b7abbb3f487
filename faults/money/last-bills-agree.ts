import { minorOf } from "@/lib/billing/money.ts";
import { monthsAfter } from "@/lib/billing/next-bill.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { type MoneyStage, vendorOf } from "./stage.ts";

/**
 * Whoever left within the first year, as they wished, has been asked for the whole of the name's year and not a penny more,
 * reckoned from the vendor's own invoices. A part that was made less by hand or by a coupon stands for a whole one.
 */
export async function lastBillsAgree(stage: MoneyStage): Promise<readonly string[]> {
  const { db } = stage.world.database;
  const drawn = await db.billChange.findMany({ where: { kind: "last-bill", state: "done" }, include: { order: true } });
  const wrong: string[] = [];
  for (const { cause, order } of drawn) {
    const subscription = await vendorOf(stage).subscriptions.retrieve(cause.replace("last-bill:", ""));
    const begun = new Date(subscription.start_date * 1000);
    const ended = new Date((subscription.ended_at ?? 0) * 1000);
    if (ended > monthsAfter(begun, 12)) continue;
    const { nameYear, namePart } = readQuote(order);
    const lines = await askedLines(stage, String(subscription.customer), minorOf(namePart));
    const year = minorOf(nameYear);
    const asked = lines.reduce((sum, minor) => sum + minor, 0);
    if (asked !== year) wrong.push(`${order.id} left and was asked ${asked} for a name's year of ${year}`);
  }
  return wrong;
}

/** What was paid for the name or is still asked, its parts and its rest. */
async function askedLines(stage: MoneyStage, customer: string, part: number): Promise<number[]> {
  const sdk = vendorOf(stage);
  const whats = new Map<string, string | undefined>();
  for (const { id, metadata } of await sdk.products.list({ limit: 100 }).autoPagingToArray({ limit: 1000 }))
    whats.set(id, metadata["what"]);
  const invoices = await sdk.invoices.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1000 });
  return invoices
    .filter(({ status }) => status === "paid" || status === "open")
    .flatMap(({ lines }) => lines.data)
    .filter(({ parent }) => !parent?.subscription_item_details?.proration)
    .flatMap(({ amount, pricing }) => {
      const what = whats.get(pricing?.price_details?.product ?? "");
      if (what === "name") return [Math.max(amount, part)];
      return what === "rest-of-name" ? [amount] : [];
    });
}
