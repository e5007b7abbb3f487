import { plansFor } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import type { Period } from "@/lib/billing/read-price-book.ts";
import type { Said } from "@/lib/errors.ts";
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
  /** Why nothing can be changed just now. */
  readonly whyNot: Said | null;
}

export async function describeChoices({ db }: Pick<World, "db">, who: Member): Promise<ChoicesView> {
  const { home } = await partOf({ db }, who);
  const order = await db.order.findUniqueOrThrow({ where: { id: home.orderId } });
  const { plan, period, currency } = readQuote(order);
  const people = await db.person.findMany({ where: { tenantId: home.id }, orderBy: { place: "asc" } });
  const book = prices();
  const sold = (id: string): boolean => book.plans[id]?.[period]?.home[currency] !== undefined;
  return {
    ...{ name: home.name, plan, period, currency },
    people: people.map(({ given, part }) => ({ given, part })),
    plans: Object.keys(book.plans).filter(sold),
    roomy: plansFor(people.length).filter(sold),
    whyNot: (await whyNotTerms(db, home)) ?? null,
  };
}
