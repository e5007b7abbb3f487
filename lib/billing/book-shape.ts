import { z } from "zod";
import { isDecimal } from "./decimal.ts";

const number = z.string().refine(isDecimal, 'is no number as "4.50" is');
/** A sum in each currency, or in some. */
const sums = z.record(z.string(), number);
const count = z.int("is no whole number").min(1, "is less than one");
/** Three digits before the point are enough for a percentage, and keep a slip of the keys from being a price. */
const percent = number.refine((text) => Number(text) < 1000, "is no percentage");

const currency = z.strictObject({
  tax: z.enum(["inclusive", "none"], 'is neither "inclusive" nor "none"'),
  countries: z.array(z.string().regex(/^[A-Z]{2}$/, 'is no country as "GB" is')).default([]),
  names: z
    .strictObject({
      rate: number.refine((text) => Number(text) > 0, "is not above zero"),
      marginPercent: percent,
      taxPercent: percent,
      upTo: number.refine((text) => Number(text) > 0, "is not above zero"),
    })
    .optional(),
});

const month = z.strictObject({ home: sums, furtherPerson: sums.optional() });
const year = z.strictObject({ months: count.optional(), home: sums.optional(), furtherPerson: sums.optional() });
const plan = z.strictObject({
  called: z.string().min(1, "is empty").optional(),
  included: count,
  most: count,
  month,
  year: year.optional(),
});

const ending = z.strictObject({
  shortest: count,
  asks: z.strictObject({ firstYear: number, renewal: number }),
  cap: number,
  firstYear: sums.default({}),
  renewal: sums.default({}),
});

const addOn = z.strictObject({ called: z.string().min(1, "is empty"), month: sums, year: sums.optional() });

/** A record of what an operator wrote, with at least one line. */
const some = <S extends z.ZodType>(line: S) =>
  z.record(z.string(), line).refine((lines) => Object.keys(lines).length > 0, "has not one line");

/** What an operator writes: sums as text, so that no digit is lost. */
export const bookShape = z.strictObject({
  currencies: some(currency),
  plans: some(plan),
  endings: some(ending),
  addOns: z.record(z.string(), addOn).default({}),
});
export type WrittenBook = z.input<typeof bookShape>;
export type ShapedBook = z.output<typeof bookShape>;
