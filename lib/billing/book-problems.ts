import type { z } from "zod";
import { bookShape, type ShapedBook } from "./book-shape.ts";
import { unitsOf } from "./decimal.ts";
import { digitsOf } from "./money.ts";

/** Either the book in its shape, or everything that is wrong with it, each in one plain line. */
export function checkBook(written: unknown): { book: ShapedBook } | { problems: readonly string[] } {
  const read = bookShape.safeParse(written);
  const shape = read.success ? [] : read.error.issues.flatMap((issue) => inWords(issue, written));
  // What hangs together is looked at in what can be read of it, so that all of it is named at once.
  const across = lookAcross(read.success ? read.data : (written as ShapedBook));
  const problems = [...new Set([...shape, ...across])];
  if (read.success && problems.length === 0) return { book: read.data };
  return { problems };
}

function inWords(issue: z.core.$ZodIssue, written: unknown): string[] {
  const at = issue.path.join(".");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `${[...issue.path, key].join(".")} is nothing that is read here`);
  const there = issue.path.reduce<unknown>((part, key) => linesOf(part)[String(key)], written);
  if (there === undefined) return [`${at || "The book"} is missing`];
  return [
    `${at || "The book"} ${issue.code === "invalid_type" ? `should be of the kind "${issue.expected}"` : issue.message}`,
  ];
}

/** Lines of whatever was written; none where it is no table. */
const linesOf = (part: unknown): Readonly<Record<string, unknown>> =>
  typeof part === "object" && part !== null ? (part as Record<string, unknown>) : {};
const entries = (part: unknown): [string, Readonly<Record<string, unknown>>][] =>
  Object.entries(linesOf(part)).map(([key, line]) => [key, linesOf(line)]);

function lookAcross(book: ShapedBook): string[] {
  const { currencies, plans, endings, addOns } = linesOf(book);
  const known = Object.keys(linesOf(currencies));
  return [
    ...known.flatMap(currencyProblems),
    ...twiceSaid(currencies),
    ...entries(currencies).flatMap(([code, { names }]) =>
      sumProblem(`currencies.${code}.names.upTo`, code, linesOf(names)["upTo"]),
    ),
    ...entries(plans).flatMap(([id, plan]) => planProblems(id, plan, known)),
    ...entries(endings).flatMap(([id, ending]) => endingProblems(`endings.${id}`, ending, currencies, known)),
    ...entries(addOns).flatMap(([id, { month, year }]) => [
      // It stands in addresses, and in lists with commas at the payment vendor.
      ...(/^[\w-]{1,40}$/.test(id) ? [] : [`addOns.${id} is no short word as "room" is`]),
      ...everySum(`addOns.${id}.month`, month, known),
      ...(year === undefined ? [] : everySum(`addOns.${id}.year`, year, known)),
    ]),
  ];
}

const allCurrencies = new Set(Intl.supportedValuesOf("currency"));
/** Stripe wants them with two decimals that must be nothing (docs.stripe.com/currencies). */
const countedOtherwise = new Set(["ISK", "UGX"]);

function currencyProblems(code: string): string[] {
  if (!allCurrencies.has(code)) return [`currencies.${code} is no currency as "GBP" is`];
  if (digitsOf(code) === 3 || countedOtherwise.has(code))
    return [`currencies.${code} is counted in a way that the payment vendor does not take; choose another`];
  return [];
}

function twiceSaid(currencies: unknown): string[] {
  const first = new Map<string, string>();
  return entries(currencies).flatMap(([code, { countries }]) =>
    (Array.isArray(countries) ? (countries as unknown[]) : []).flatMap((country) => {
      const other = first.get(String(country));
      first.set(String(country), other ?? code);
      return other === undefined ? [] : [`currencies.${code}.countries has ${country}, which ${other} has already`];
    }),
  );
}

/** Those for which the catalogue has a word (`plans` in messages/en.json). */
export const namedPlans = ["family", "person"] as const;
const isNamed = (id: string): boolean => (namedPlans as readonly string[]).includes(id);

function planProblems(id: string, plan: Readonly<Record<string, unknown>>, known: readonly string[]): string[] {
  const { called, included, most, month, year } = plan;
  const at = `plans.${id}`;
  const takesMore = Number(most) > Number(included);
  const period = (name: string, part: unknown): string[] => {
    const { home, furtherPerson } = linesOf(part);
    const further = furtherPerson ?? (takesMore ? {} : undefined);
    return [
      ...everySum(`${at}.${name}.home`, home, known),
      ...(further === undefined ? [] : everySum(`${at}.${name}.furtherPerson`, further, known)),
    ];
  };
  return [
    ...(called === undefined && !isNamed(id) ? [`${at}.called is missing: what people read as its name`] : []),
    ...(Number(most) < Number(included) ? [`${at}.most is less than the ${included} people it includes`] : []),
    ...period("month", month),
    ...yearProblems(at, year, period),
  ];
}

function yearProblems(at: string, year: unknown, period: (name: string, part: unknown) => string[]): string[] {
  if (year === undefined) return [];
  const { months, home } = linesOf(year);
  if (months !== undefined && home !== undefined) return [`${at}.year has both months and sums; keep one of them`];
  return months === undefined ? period("year", year) : [];
}

function endingProblems(
  at: string,
  ending: Readonly<Record<string, unknown>>,
  currencies: unknown,
  known: readonly string[],
): string[] {
  const { asks, cap } = ending;
  const dear = Object.entries(linesOf(asks)).filter(([, asked]) => Number(asked) > Number(cap));
  const own = (["firstYear", "renewal"] as const).flatMap((which) => {
    const sums = linesOf(ending[which]);
    return [
      ...someSums(`${at}.${which}`, sums, known),
      ...known.flatMap((code) =>
        sums[code] === undefined && linesOf(linesOf(currencies)[code])["names"] === undefined
          ? [`${at}.${which} has no ${code}, and currencies.${code} has no rule for names`]
          : [],
      ),
    ];
  });
  return [...dear.map(([which, asked]) => `${at}.cap is less than the ${asked} that its ${which} costs`), ...own];
}

/** A sum in each of the currencies. */
const everySum = (at: string, sums: unknown, known: readonly string[]): string[] => [
  ...known.filter((code) => linesOf(sums)[code] === undefined).map((code) => `${at} has no ${code}`),
  ...someSums(at, sums, known),
];

const someSums = (at: string, sums: unknown, known: readonly string[]): string[] =>
  Object.entries(linesOf(sums)).flatMap(([code, sum]) =>
    known.includes(code) ? sumProblem(`${at}.${code}`, code, sum) : [`${at}.${code} is none of the currencies above`],
  );

/** The shape has said already what is no number. */
function sumProblem(at: string, code: string, sum: unknown): string[] {
  if (typeof sum !== "string" || !/^\d+(\.\d+)?$/.test(sum)) return [];
  const units = unitsOf(sum, digitsOf(code));
  if (units === undefined) return [`${at} has more decimals than ${code} has`];
  // Eight digits are the most that the payment vendor takes.
  return units > 99_999_999 ? [`${at} is more than can be charged`] : [];
}
