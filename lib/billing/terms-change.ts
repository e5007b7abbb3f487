import { z } from "zod";
import { personShape } from "@/lib/orders/draft.ts";
import { type Bill, homeSum, type Terms, termsFor } from "./bill.ts";
import { isZero, type Money, same } from "./money.ts";
import type { PriceBook } from "./read-price-book.ts";

const minor = z.number().int();

/** A line of the bill that follows, as the payment vendor said it would be. */
const shownLine = z.object({
  what: z.string(),
  label: z.string(),
  minor,
  proration: z.boolean(),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
});
export const shownBill = z.object({ lines: z.array(shownLine), totalMinor: minor, dueMinor: minor });
export type ShownBill = z.output<typeof shownBill>;

/** A change of what a family pays for, as it rests with its row: what is wanted, and what was shown of it. */
export const termsChange = z.object({
  plan: z.string(),
  period: z.enum(["month", "year"]),
  currency: z.string(),
  tax: z.enum(["inclusive", "none"]),
  /** Everybody who will live there then. */
  heads: z.number().int().positive(),
  /** The home's line from then on, each period, and what the invoice calls it. */
  home: z.object({ minor: minor.nonnegative(), label: z.string() }),
  /** An add-on that comes or goes: its line each period, what the invoice calls it, and all that they have then. */
  addOn: z
    .object({
      ...{ id: z.string(), comes: z.boolean(), minor: minor.nonnegative(), label: z.string() },
      all: z.array(z.string()),
    })
    .optional(),
  add: z.array(personShape),
  /** Ids of those who are taken out. */
  out: z.array(z.string()),
  /** Ids of those who were, and come back. A row of before that was possible has none. */
  back: z.array(z.string()).default([]),
  /** Whether the payment vendor has to be told: what changes no sum changes no bill. */
  billed: z.boolean(),
  /** The moment from which it counts: for the preview and for the change. A whole second, as the vendor counts. */
  at: z.iso.datetime(),
  /** Of another period: when it begins, and each line of its bills. */
  turn: z.object({ from: z.iso.datetime(), lines: z.array(z.object({ what: z.string(), minor })) }).optional(),
  shown: shownBill.optional(),
  /** What was agreed to, with the yes, for a child who comes. */
  consent: z
    .object({
      text: z.string(),
      country: z.string(),
      at: z.iso.datetime(),
      by: z.string(),
      from: z.string().optional(),
    })
    .optional(),
});
export type TermsChange = z.output<typeof termsChange>;

/** The kinds of `BillChange` that have such terms: those of now, and those from when the name's year begins anew. */
export const termsKinds = ["terms", "period"];

/**
 * How a change of terms stands: `asked` until a worker knows what it comes to, `shown` until the family says yes; then as any
 * wish of a bill. `given-up` where the vendor could not say, or a new period began first: nothing was changed.
 */
export type TermsState = "asked" | "shown" | "wanted" | "done" | "refused" | "replaced" | "given-up";

/** What is sold today to so many people. */
export interface Sold {
  readonly plan: string;
  readonly home: Money;
  /** Whether any sum of the bill is another. */
  readonly differs: boolean;
}

/**
 * The home for so many people in the plan that is wanted, or in the first that has room, at today's prices. Where nothing differs
 * the old price stands. Undefined where the book does not sell it.
 */
export function soldFor(
  bill: Bill,
  { before, after }: { readonly before: number; readonly after: number },
  plan: string,
  book: PriceBook,
): Sold | undefined {
  const { currency, period } = bill;
  const now: Terms = { currency, period, plan: bill.plan, addOns: bill.addOns.map(({ id }) => id) };
  const wanted = { ...now, plan: termsFor(after, { ...now, plan }, book).plan };
  const [was, home] = [homeSum(before, now, book), homeSum(after, wanted, book)];
  if (!home) return undefined;
  const differs = wanted.plan !== bill.plan || !was || !same(was, home);
  // A home that was given away stays so.
  if (isZero(bill.total) && !isZero(home)) return undefined;
  return { plan: wanted.plan, home: differs ? home : bill.home, differs };
}
