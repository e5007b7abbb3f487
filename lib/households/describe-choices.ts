import { addOnCalled, addOnOnBill } from "@/lib/billing/add-on-called.ts";
import { addOnSums, addOnsSold, plansFor } from "@/lib/billing/bill.ts";
import { isZero, type Money } from "@/lib/billing/money.ts";
import { prices } from "@/lib/billing/prices.ts";
import { type Quote, readQuote } from "@/lib/billing/quote.ts";
import { readBill } from "@/lib/billing/read-bill.ts";
import type { Period } from "@/lib/billing/read-price-book.ts";
import type { Said } from "@/lib/errors.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { type Member, partOf } from "./access.ts";
import { whyNotTerms } from "./why-not-terms.ts";

/** What a family may choose among when it changes what it pays for. Whether they may is asked when they choose. */
export interface ChoicesView {
  readonly name: string;
  /** In the family's order. */
  readonly people: readonly { readonly given: string; readonly part: string }[];
  readonly plan: string;
  readonly period: Period;
  readonly currency: string;
  /** Every plan of the book, and those of them that have room for all. */
  readonly plans: readonly string[];
  readonly roomy: readonly string[];
  /** What comes with the home, each by the period of the bill: what they have at the price that was agreed. */
  readonly addOns: readonly AddOnView[];
  /** Why nothing can be changed just now. */
  readonly whyNot: Said | null;
}

export interface AddOnView {
  readonly id: string;
  readonly called: string;
  readonly sum: Money;
  readonly has: boolean;
}

export async function describeChoices({ db }: Pick<World, "db">, who: Member): Promise<ChoicesView> {
  const { home } = await partOf({ db }, who);
  const order = await db.order.findUniqueOrThrow({ where: { id: home.orderId } });
  const quote = readQuote(order);
  const { plan, period, currency } = quote;
  const people = await db.person.findMany({ where: { tenantId: home.id, ...livesThere }, orderBy: { place: "asc" } });
  const [book, { subscription }] = [prices(), await readBill(db, order.id)];
  const sold = (id: string): boolean => book.plans[id]?.[period]?.home[currency] !== undefined;
  return {
    ...{ name: home.name, plan, period, currency },
    people: people.map(({ given, part }) => ({ given, part })),
    plans: Object.keys(book.plans).filter(sold),
    roomy: plansFor(people.length).filter(sold),
    addOns: addOnsOf(quote, order.stripeSubscriptionId !== null).map((one) => ({
      ...one,
      called: addOnCalled(one.id, book, addOnOnBill(one.id, subscription)),
    })),
    whyNot: (await whyNotTerms(db, home)) ?? null,
  };
}

/** In the book's order, so that a row keeps its place; without a bill nothing is sold that costs something. */
function addOnsOf({ addOns, period, currency }: Quote, billed: boolean): readonly Omit<AddOnView, "called">[] {
  const sold = addOnSums({ period, currency, addOns: addOnsSold({ period, currency }) }, prices());
  const unsold = addOns.filter(({ id }) => !sold.some((one) => one.id === id));
  return [...sold, ...unsold].flatMap((one) => {
    const had = addOns.find(({ id }) => id === one.id);
    return had || billed || isZero(one.sum) ? [{ ...(had ?? one), has: had !== undefined }] : [];
  });
}
