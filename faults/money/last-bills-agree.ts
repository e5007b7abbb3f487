import { minorOf } from "@/lib/billing/money.ts";
import { monthsAfter } from "@/lib/billing/next-bill.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import type { BillChange, NameYear, Order } from "@/lib/generated/prisma/client.ts";
import { type MoneyStage, vendorOf } from "./stage.ts";

/**
 * Whoever left as they wished has been asked for the whole of the name's year that they left in and not a penny more when their last
 * bill was drawn, reckoned from the vendor's own invoices: what hands add later, to a bill of who came back, is theirs. A part that was made less by hand or by a coupon stands for a whole one, as the bill had it then.
 */
export async function lastBillsAgree(stage: MoneyStage): Promise<readonly string[]> {
  const { db } = stage.world.database;
  const drawn = await db.billChange.findMany({
    where: { kind: "last-bill", state: "done" },
    include: { order: { include: { nameYears: { orderBy: { year: "asc" } } } } },
  });
  const wrong: string[] = [];
  for (const one of drawn) wrong.push(...(await lastBillAgrees(stage, one)));
  return wrong;
}

type Drawn = BillChange & { order: Order & { nameYears: NameYear[] } };

async function lastBillAgrees(stage: MoneyStage, { cause, order }: Drawn): Promise<string[]> {
  const sdk = vendorOf(stage);
  const { customer: whose, ended_at: end } = await sdk.subscriptions.retrieve(cause.replace("last-bill:", ""));
  const customer = String(whose);
  // The name's years go on counting from the first of them, however often a family goes and comes back.
  const all = await sdk.subscriptions.list({ customer, status: "all" }).autoPagingToArray({ limit: 100 });
  const begun = new Date(Math.min(...all.map(({ start_date: at }) => at)) * 1000);
  const ended = new Date((end ?? 0) * 1000);
  let year = 1;
  while (monthsAfter(begun, 12 * year) < ended) year += 1;
  const from = monthsAfter(begun, 12 * (year - 1));
  const written = order.nameYears.find((one) => one.year === year)?.writtenAt ?? null;
  const [price, before] = [priceIn(order, year), priceIn(order, year - 1)];
  const whole = (drawnAt: Date, parts: number): number =>
    Math.ceil((year === 1 || (written && written <= drawnAt) ? price : Math.min(price, before)) / parts);
  const endings = new Map(all.map(({ id, ended_at: at }) => [id, (at ?? 0) * 1000]));
  const asking = { from, until: monthsAfter(begun, 12 * year), whole, endings, cause };
  const lines = await askedLines(stage, customer, asking);
  const asked = lines.reduce((sum, minor) => sum + minor, 0);
  const due = priceIn(order, year);
  return asked === due ? [] : [`${order.id} left in year ${year} and was asked ${asked} for a name's year of ${due}`];
}

/** What was agreed for a year, or was fixed for it. */
function priceIn(order: Drawn["order"], year: number): number {
  const { nameYear, renewalYear } = readQuote(order);
  if (year <= 1) return minorOf(nameYear);
  const known = order.nameYears.find((one) => one.year === year);
  if (known) return known.priceMinor ?? Math.min(known.askedMinor ?? known.agreedMinor, known.agreedMinor);
  return year === 2 ? minorOf(renewalYear) : priceIn(order, year - 1);
}

/** Of a bill by the month a twelfth, of one by the year all of it: whoever came back may have changed that. */
const partsOf = ({ start, end }: { readonly start: number; readonly end: number }): number =>
  end - start > 40 * 86_400 ? 1 : 12;

interface Asked {
  readonly from: Date;
  readonly until: Date;
  whole(drawnAt: Date, parts: number): number;
  /** When each subscription ended, in milliseconds. */
  readonly endings: ReadonlyMap<string, number>;
  /** Which last bill it is asked about. */
  readonly cause: string;
}

/** What was paid for the name or is still asked since then, its parts and its rest. */
async function askedLines(
  stage: MoneyStage,
  customer: string,
  { from, until, whole, endings, cause }: Asked,
): Promise<number[]> {
  const sdk = vendorOf(stage);
  const whats = new Map<string, string | undefined>();
  for (const { id, metadata } of await sdk.products.list({ limit: 100 }).autoPagingToArray({ limit: 1000 }))
    whats.set(id, metadata["what"]);
  const invoices = await sdk.invoices.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1000 });
  const asked = ({ created, lines, metadata }: (typeof invoices)[number]) => {
    // A last bill may be drawn late, even in another year: it is of the year in which its subscription ended, be it at its last moment.
    const end = endings.get(metadata?.["billId"]?.replace("last-bill:", "") ?? "");
    return lines.data
      .filter(({ parent }) => !parent?.subscription_item_details?.proration)
      .filter(({ period }) => {
        const of = end === undefined ? period.start * 1000 : end - 1;
        return of >= from.getTime() && of < until.getTime();
      })
      .flatMap(({ amount, pricing, period }) => {
        const what = whats.get(pricing?.price_details?.product ?? "");
        // Whoever came back in a year that was paid has nothing of it on their bills.
        if (what === "name" && amount === 0) return [];
        if (what === "name") return [Math.max(amount, whole(new Date(created * 1000), partsOf(period)))];
        return what === "rest-of-name" ? [amount] : [];
      });
  };
  const drawn = invoices.find(({ metadata }) => metadata?.["billId"] === cause)?.created ?? Infinity;
  return invoices
    .filter(({ status, created }) => (status === "paid" || status === "open") && created <= drawn)
    .flatMap(asked);
}
