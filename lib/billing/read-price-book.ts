import { checkBook } from "./book-problems.ts";
import type { ShapedBook, WrittenBook } from "./book-shape.ts";
import { exact, product, raisedBy, unitsOf, upTo } from "./decimal.ts";
import { digitsOf, isZero, type Money, moneyOf, times } from "./money.ts";
import { unpayableIn } from "./payable.ts";

export type Period = "month" | "year";
/** `inclusive`: within the sum. `none`: there is none, whatever the vendor would reckon. */
export type Tax = "inclusive" | "none";
export type Sums = Readonly<Record<string, Money>>;

export interface PeriodPrice {
  readonly home: Sums;
  /** Each person beyond those included; empty where the plan takes no more. */
  readonly furtherPerson: Sums;
}
export interface Plan {
  /** The operator's own word for it; without one it has a word of the catalogue. */
  readonly called?: string;
  /** People whom the price includes. */
  readonly included: number;
  readonly most: number;
  readonly month: PeriodPrice;
  readonly year?: PeriodPrice;
}
export interface EndingPrice {
  /** Fewest letters before the dot that the registry takes. */
  readonly shortest: number;
  /** The most the registrar may ask us for a year, in US dollars, before we stop offering names of this ending. */
  readonly capUsd: number;
  readonly firstYear: Sums;
  /** Each year after the first, at today's price. */
  readonly renewalYear: Sums;
}
export interface AddOn {
  /** The operator's own word for it. */
  readonly called: string;
  readonly month: Sums;
  readonly year?: Sums;
}
/** What turns the registrar's dollars into a price of ours, as it is written. */
export type NameRule = NonNullable<ShapedBook["currencies"][string]["names"]>;
export interface CurrencyOfBook {
  readonly tax: Tax;
  readonly countries: readonly string[];
  readonly names?: NameRule;
}
export interface PriceBook {
  /** In the book's order: the first is offered to whom no other fits. */
  readonly currencies: Readonly<Record<string, CurrencyOfBook>>;
  readonly plans: Readonly<Record<string, Plan>>;
  readonly endings: Readonly<Record<string, EndingPrice>>;
  readonly addOns: Readonly<Record<string, AddOn>>;
}

/** Everything that is wrong with the price book, each in a line. */
export class PriceProblems extends Error {
  override readonly name = "PriceProblems";
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`Prices to mend in lib/billing/price-book.ts:\n${problems.map((one) => `  ${one}`).join("\n")}`);
    this.problems = problems;
  }
}

/** The book with its sums reckoned, or `PriceProblems`. */
export function readPriceBook(written: WrittenBook): PriceBook {
  const checked = checkBook(written);
  if ("problems" in checked) throw new PriceProblems(checked.problems);
  const book = reckoned(checked.book);
  const unpayable = unpayableIn(book);
  if (unpayable.length > 0) throw new PriceProblems(unpayable);
  return book;
}

const reckoned = (book: ShapedBook): PriceBook => ({
  currencies: mapped(book.currencies, ({ tax, countries, names }) => ({ tax, countries, ...(names ? { names } : {}) })),
  plans: mapped(book.plans, planOf),
  endings: mapped(book.endings, (ending) => endingOf(book, ending)),
  addOns: mapped(book.addOns, ({ called, month, year }) => ({
    called,
    month: sumsOf(month),
    ...(year ? { year: sumsOf(year) } : {}),
  })),
});

/** Without a prototype: an ending called `constructor` is one that is not sold. */
const mapped = <A, B>(
  lines: Readonly<Record<string, A>>,
  to: (line: A, key: string) => B,
): Readonly<Record<string, B>> =>
  Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(lines).map(([key, line]) => [key, to(line, key)])),
  );

const sumOf = (text: string, currency: string): Money =>
  moneyOf(unitsOf(text, digitsOf(currency)) ?? Number.NaN, currency);
const sumsOf = (sums: Readonly<Record<string, string>> = {}): Sums => mapped(sums, sumOf);

function planOf({ called, included, most, month, year }: ShapedBook["plans"][string]): Plan {
  const monthly = { home: sumsOf(month.home), furtherPerson: sumsOf(month.furtherPerson) };
  const plan = { ...(called === undefined ? {} : { called }), included, most, month: monthly };
  if (!year) return plan;
  const { months } = year;
  const all = (sums: Sums): Sums => mapped(sums, (sum) => times(sum, months ?? 1));
  const yearly = months
    ? { home: all(monthly.home), furtherPerson: all(monthly.furtherPerson) }
    : { home: sumsOf(year.home), furtherPerson: sumsOf(year.furtherPerson) };
  return { ...plan, year: yearly };
}

function endingOf({ currencies }: ShapedBook, ending: ShapedBook["endings"][string]): EndingPrice {
  const { shortest, cap, asks, firstYear, renewal } = ending;
  const price = (own: Readonly<Record<string, string>>, asked: string): Sums =>
    mapped(currencies, ({ names }, code) => {
      const sum = own[code];
      if (sum !== undefined) return sumOf(sum, code);
      if (!names) throw new Error(`No rule for names in ${code}`);
      return byRule(names, asked, code);
    });
  return {
    shortest,
    capUsd: Number(cap),
    firstYear: price(firstYear, asks.firstYear),
    renewalYear: price(renewal, asks.renewal),
  };
}

/** The registrar's dollars at the book's rate, with margin and tax, rounded up: whole numbers all the way. */
export function byRule(rule: NameRule, asked: string, currency: string): Money {
  const raised = product(exact(asked), exact(rule.rate), raisedBy(rule.marginPercent), raisedBy(rule.taxPercent));
  const unit = 10n ** BigInt(digitsOf(currency));
  const step = BigInt(unitsOf(rule.upTo, digitsOf(currency)) ?? 1);
  return moneyOf(Number(upTo({ over: raised.over * unit, under: raised.under }, step)), currency);
}

/** Whether everything is given away: then no payment vendor is asked for anything, ever. */
export function asksNothing({ plans, endings, addOns }: PriceBook): boolean {
  const periods = Object.values(plans).flatMap(({ month, year }) => [month, ...(year ? [year] : [])]);
  const sums: Sums[] = [
    ...periods.flatMap(({ home, furtherPerson }) => [home, furtherPerson]),
    ...Object.values(endings).flatMap(({ firstYear, renewalYear }) => [firstYear, renewalYear]),
    ...Object.values(addOns).flatMap(({ month, year }) => [month, ...(year ? [year] : [])]),
  ];
  return sums.flatMap((each) => Object.values(each)).every(isZero);
}
