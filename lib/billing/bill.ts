import {
  add,
  addAll,
  atLeastZero,
  compare,
  isZero,
  type Money,
  negate,
  partOf,
  partOfDown,
  same,
  times,
  zero,
} from "./money.ts";
import { prices } from "./prices.ts";
import type { Period, PriceBook, Tax } from "./read-price-book.ts";

/** What a bill is reckoned from, beside the name and the people: kept in the quote. */
export interface Terms {
  readonly currency: string;
  /** A plan of the price book. */
  readonly plan: string;
  readonly period: Period;
  /** Of the price book, each a line of its own. */
  readonly addOns: readonly string[];
}

/** One family's bill for each period. All sums in one currency, tax included. */
export interface Bill extends Omit<Terms, "addOns"> {
  readonly tax: Tax;
  /** The home with all its people. */
  readonly home: Money;
  /** Of a monthly bill a twelfth of the name's first year, rounded up; of a yearly one all of it. */
  readonly namePart: Money;
  readonly nameYear: Money;
  readonly renewalYear: Money;
  readonly addOns: readonly { readonly id: string; readonly sum: Money }[];
  /** Each period of the first year. */
  readonly total: Money;
  /** Each period from the second year on, at today's renewal price. */
  readonly laterTotal: Money;
}

/** Where nothing else was chosen: the book's first plan, by the month. */
export const usualTerms = (
  currency = Object.keys(prices().currencies)[0] ?? "",
  book: PriceBook = prices(),
): Terms => ({
  currency,
  plan: Object.keys(book.plans)[0] ?? "",
  period: "month",
  addOns: [],
});

type Kept = Pick<Bill, "currency" | "plan" | "period"> & { readonly addOns: readonly { readonly id: string }[] };

/** Those of a quote, as far as the book still has them. */
export function termsNow(kept: Kept, book: PriceBook = prices()): Terms {
  const currency = book.currencies[kept.currency] ? kept.currency : (Object.keys(book.currencies)[0] ?? "");
  const usual = usualTerms(currency, book);
  const plan = book.plans[kept.plan];
  const period = kept.period === "year" && !plan?.year ? usual.period : kept.period;
  const addOns = kept.addOns.map(({ id }) => id).filter((id) => book.addOns[id]?.[period]);
  return plan ? { currency, plan: kept.plan, period, addOns } : { ...usual, addOns };
}

/** The plans that take so many people, the one who runs the home among them; the book's order is ours. */
export const plansFor = (people: number, book: PriceBook = prices()): readonly string[] =>
  Object.keys(book.plans).filter((id) => people <= (book.plans[id]?.most ?? 0));

/** The same terms for so many people: where their plan has no room for them, in the first plan that has. */
export function termsFor(people: number, terms: Terms, book: PriceBook = prices()): Terms {
  const [first, ...others] = plansFor(people, book);
  if (first === undefined || [first, ...others].includes(terms.plan)) return terms;
  return termsNow({ ...terms, plan: first, addOns: terms.addOns.map((id) => ({ id })) }, book);
}

const partsOf: Readonly<Record<Period, number>> = { month: 12, year: 1 };

/** A name's year as it stands on each bill, rounded up to the minor unit. */
export const namePart = (year: Money, period: Period): Money => partOf(year, partsOf[period]);

/** The home for so many people, the one who runs it among them; undefined where the plan does not take them so. */
export function homeSum(
  people: number,
  { currency, plan: id, period }: Terms,
  book: PriceBook = prices(),
): Money | undefined {
  const plan = book.plans[id];
  const home = plan?.[period]?.home[currency];
  if (!plan || !home || people > plan.most) return undefined;
  const further = plan[period]?.furtherPerson[currency];
  return people > plan.included && further ? add(home, times(further, people - plan.included)) : home;
}

/** The add-ons that the book sells so, in its order. */
export const addOnsSold = (
  { currency, period }: Pick<Terms, "currency" | "period">,
  book: PriceBook = prices(),
): readonly string[] => Object.keys(book.addOns).filter((id) => book.addOns[id]?.[period]?.[currency]);

/** Of some add-ons those that the book sells so, each with its sum. */
export const addOnSums = ({ addOns, currency, period }: Omit<Terms, "plan">, book: PriceBook): Bill["addOns"] =>
  addOns.flatMap((id) => {
    const sum = book.addOns[id]?.[period]?.[currency];
    return sum ? [{ id, sum }] : [];
  });

/** The bill for a name with this ending; undefined when we do not sell it so. */
export function billFor(ending: string, people: number, terms: Terms, book: PriceBook = prices()): Bill | undefined {
  const { currency, plan, period } = terms;
  const home = homeSum(people, terms, book);
  const nameYear = book.endings[ending]?.firstYear[currency];
  const renewalYear = book.endings[ending]?.renewalYear[currency];
  const tax = book.currencies[currency]?.tax;
  if (!home || !nameYear || !renewalYear || !tax) return undefined;
  const addOns = addOnSums(terms, book);
  const beside = addAll([home, ...addOns.map(({ sum }) => sum)], currency);
  const part = namePart(nameYear, period);
  return {
    ...{ currency, plan, period, tax, home, nameYear, renewalYear, addOns },
    namePart: part,
    total: add(beside, part),
    laterTotal: add(beside, namePart(renewalYear, period)),
  };
}

/** The same bill with another home on it. */
export function withHome<B extends Bill>(bill: B, { plan, home }: Pick<Bill, "plan" | "home">): B {
  const other = (total: Money): Money => add(add(total, negate(bill.home)), home);
  return { ...bill, plan, home, total: other(bill.total), laterTotal: other(bill.laterTotal) };
}

/** The same bill for another period: its home and add-ons are others, and of the name's year there is another part on it. */
export function withPeriod<B extends Bill>(
  bill: B,
  { period, home, addOns }: Pick<Bill, "period" | "home" | "addOns">,
): B {
  const { currency, nameYear, renewalYear } = bill;
  const beside = addAll([home, ...addOns.map(({ sum }) => sum)], currency);
  const part = namePart(nameYear, period);
  return {
    ...{ ...bill, period, home, addOns, namePart: part },
    total: add(beside, part),
    laterTotal: add(beside, namePart(renewalYear, period)),
  };
}

/** A bill's lines as every screen, the payment page and the invoice have them: their sum is its total. */
export function linesOf(
  bill: Bill,
): readonly { readonly what: "home" | "name" | { readonly addOn: string }; readonly sum: Money }[] {
  return [
    { what: "home", sum: bill.home },
    { what: "name", sum: bill.namePart },
    ...bill.addOns.map(({ id, sum }) => ({ what: { addOn: id }, sum })),
  ];
}

/** Nothing to pay, now or later: no payment vendor is asked. */
export const isFree = ({ total, laterTotal }: Bill): boolean => isZero(total) && isZero(laterTotal);

/** Whether the buyer would pay the very sums that another bill shows. */
export const asksTheSame = (a: Bill, b: Bill): boolean =>
  same(a.total, b.total) && same(a.nameYear, b.nameYear) && same(a.renewalYear, b.renewalYear);

/** What twelve monthly bills come to beyond one yearly bill for the same; undefined where that is nothing. */
export function savedByYear(month: Bill, year: Bill): Money | undefined {
  if (month.addOns.length !== year.addOns.length) return undefined;
  const saved = add(times(month.total, partsOf.month), negate(year.total));
  return compare(saved, zero(saved.currency)) > 0 ? saved : undefined;
}

/** Never more than the other, in any period. */
export const asksNoMore = (a: Bill, b: Bill): boolean =>
  a.currency === b.currency && compare(a.total, b.total) <= 0 && compare(a.laterTotal, b.laterTotal) <= 0;

/** What of the name's year is still to be paid after so many parts: it is due when they leave. */
export const restOfName = (
  { nameYear, namePart: part }: Pick<Bill, "nameYear" | "namePart">,
  partsPaid: number,
): Money => atLeastZero(add(nameYear, negate(times(part, partsPaid))));

const daysOf: Readonly<Record<Period, number>> = { month: 30, year: 365 };

/** What a day of use costs when they withdraw, rounded down in their favour. */
export const dayRate = ({ home, period }: Pick<Bill, "home" | "period">): Money => partOfDown(home, daysOf[period]);

/** The same for all that goes back: the home, and what was bought beside it. */
export const dayRates = ({ home, addOns, period }: Pick<Bill, "home" | "addOns" | "period">): Money =>
  addAll(
    [home, ...addOns.map(({ sum }) => sum)].map((sum) => dayRate({ home: sum, period })),
    home.currency,
  );

/** The least a home with a name costs a month or a year: what the front page begins with. Undefined with nothing to sell. */
export function lowestTotal(terms: Terms, book: PriceBook = prices()): Money | undefined {
  const totals = Object.keys(book.endings).flatMap((ending) => billFor(ending, 1, terms, book)?.total ?? []);
  return totals.toSorted(compare)[0];
}
