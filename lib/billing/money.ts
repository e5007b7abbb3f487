declare const units: unique symbol;
/**
 * How many of a currency's smallest unit. To the compiler a symbol, the one thing it lets nobody add, compare or print: only
 * this file counts.
 */
export type Minor = symbol & { readonly [units]: true };

/** A sum: 625 minor units of GBP are £6.25, of JPY ¥625. `currency` is ISO 4217, in capitals. */
export interface Money {
  readonly minor: Minor;
  readonly currency: string;
}

/** From where sums are plain numbers: our tables, a vendor's answer. Throws when it is no whole number. */
export function moneyOf(minor: number, currency: string): Money {
  if (!Number.isSafeInteger(minor)) throw new Error(`${minor} ${currency} is no whole number of its smallest unit`);
  // Negative zero is no sum: it would be told apart from nothing.
  return { minor: (minor + 0) as unknown as Minor, currency };
}

/** To where sums are plain numbers again: our tables, a vendor's question, a plot. Nobody adds these up. */
export const minorOf = ({ minor }: Money): number => minor as unknown as number;

export const zero = (currency: string): Money => moneyOf(0, currency);

/** Throws when the currencies differ: no rate is right by itself. */
export function add(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return moneyOf(minorOf(a) + minorOf(b), a.currency);
}

/** All of them together; nothing at all is zero of that currency. */
export const addAll = (sums: readonly Money[], currency: string): Money => sums.reduce(add, zero(currency));

export const negate = (sum: Money): Money => moneyOf(-minorOf(sum), sum.currency);

export const times = (sum: Money, n: number): Money => moneyOf(minorOf(sum) * n, sum.currency);

/** One of so many equal parts, rounded up to the smallest unit: rounded down, the last part would be missing. */
export const partOf = (sum: Money, parts: number): Money => moneyOf(Math.ceil(minorOf(sum) / parts), sum.currency);

/** The same rounded down, where the customer gets the difference. */
export const partOfDown = (sum: Money, parts: number): Money => moneyOf(Math.floor(minorOf(sum) / parts), sum.currency);

/** A quarter more, rounded down to what twelve equal parts come to exactly; never less than it was. */
export function quarterMore(sum: Money): Money {
  const raised = Math.floor((minorOf(sum) * 5) / 4);
  return moneyOf(Math.max(minorOf(sum), raised - (raised % 12)), sum.currency);
}

/** As many times as `over` is of `under`, rounded up. */
export const inProportion = (sum: Money, { over, under }: { readonly over: bigint; readonly under: bigint }): Money =>
  moneyOf(Number((BigInt(minorOf(sum)) * over + under - 1n) / under), sum.currency);

/** The smaller of two sums. */
export const atMost = (sum: Money, most: Money): Money => (compare(sum, most) > 0 ? most : sum);

/** So many hundredths of a per cent of it, rounded as people round: a half goes up. */
export const hundredthsOf = (sum: Money, hundredths: number): Money =>
  moneyOf(Math.round((minorOf(sum) * hundredths) / 10_000), sum.currency);

/** Below zero when `a` is less, above when it is more. Throws when the currencies differ. */
export function compare(a: Money, b: Money): number {
  sameCurrency(a, b);
  return minorOf(a) - minorOf(b);
}

/** The same sum of the same currency. */
export const same = (a: Money, b: Money): boolean => a.currency === b.currency && a.minor === b.minor;

export const isZero = (sum: Money): boolean => minorOf(sum) === 0;

/** Nothing less than nothing. */
export const atLeastZero = (sum: Money): Money => (minorOf(sum) < 0 ? zero(sum.currency) : sum);

function sameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new Error(`${a.currency} and ${b.currency} are different money`);
}

// docs.stripe.com/currencies. Not Intl's own digits: those are of cash, and know no cents of HUF, which Stripe counts in.
const noSmallerUnit = new Set("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split(" "));
const thousandths = new Set("BHD JOD KWD OMR TND".split(" "));

/** How many decimals a currency's sums have. */
export function digitsOf(currency: string): number {
  if (noSmallerUnit.has(currency)) return 0;
  return thousandths.has(currency) ? 3 : 2;
}

/** For machines: the exact number of whole units, with every decimal that the currency has, such as -6.25 or 1900. */
export function decimalOf(sum: Money): string {
  const digits = digitsOf(sum.currency);
  const [minus, units] = [minorOf(sum) < 0 ? "-" : "", String(Math.abs(minorOf(sum))).padStart(digits + 1, "0")];
  return digits === 0 ? minus + units : `${minus}${units.slice(0, -digits)}.${units.slice(-digits)}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const digits = { minimumFractionDigits: digitsOf(currency), maximumFractionDigits: digitsOf(currency) };
  const known = formatters.get(key) ?? new Intl.NumberFormat(locale, { style: "currency", currency, ...digits });
  formatters.set(key, known);
  return known;
}

/** As people of that locale write it. */
export const formatMoney = (sum: Money, locale: string): string =>
  formatterOf(locale, sum.currency).format(minorOf(sum) / 10 ** digitsOf(sum.currency));
