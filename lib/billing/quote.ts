import { z } from "zod";
import type { Order } from "@/lib/generated/prisma/client.ts";
import type { Bill } from "./bill.ts";
import { type Money, minorOf, moneyOf } from "./money.ts";

const minor = z.number().int().nonnegative();

/** What the buyer was shown, as it rests with the order: sums in minor units of `currency`, tax included. */
const stored = z.object({
  currency: z.string().length(3),
  homeMinor: minor,
  /** What of the name's year each bill has: a twelfth of it, or all. */
  nameMonthMinor: minor,
  nameYearMinor: minor,
  renewalYearMinor: minor,
  totalMinor: minor,
  laterTotalMinor: minor,
  // Quotes from before there were plans have none of these.
  plan: z.string().default("family"),
  period: z.enum(["month", "year"]).default("month"),
  tax: z.enum(["inclusive", "none"]).default("inclusive"),
  addOns: z.array(z.object({ id: z.string(), minor })).default([]),
  /** What the registrar asked us for the name then: decimal strings a year. */
  wholesale: z.object({ currency: z.string(), registration: z.string(), renewal: z.string() }),
});
export type StoredQuote = z.output<typeof stored>;
export type Wholesale = StoredQuote["wholesale"];

export interface Quote extends Bill {
  readonly wholesale: Wholesale;
}
/** While the registry was away when the name was chosen, what it asks us is not known yet. */
export type DraftQuote = Bill & { readonly wholesale?: Wholesale };

function billOf(kept: Omit<StoredQuote, "wholesale">): Bill {
  const { currency, plan, period, tax } = kept;
  const sum = (units: number): Money => moneyOf(units, currency);
  return {
    ...{ currency, plan, period, tax },
    home: sum(kept.homeMinor),
    namePart: sum(kept.nameMonthMinor),
    nameYear: sum(kept.nameYearMinor),
    renewalYear: sum(kept.renewalYearMinor),
    addOns: kept.addOns.map(({ id, minor: units }) => ({ id, sum: sum(units) })),
    total: sum(kept.totalMinor),
    laterTotal: sum(kept.laterTotalMinor),
  };
}

export const quoteShape = stored.transform((kept): Quote => ({ ...billOf(kept), wholesale: kept.wholesale }));

export const draftQuoteShape = stored
  .partial({ wholesale: true })
  .transform((kept): DraftQuote => ({ ...billOf(kept), ...(kept.wholesale ? { wholesale: kept.wholesale } : {}) }));

export function readQuote(order: Pick<Order, "id" | "quote">): Quote {
  const read = quoteShape.safeParse(order.quote);
  if (!read.success) throw new Error(`Order ${order.id} has no quote: ${read.error.message}`);
  return read.data;
}

/** As it is written down. */
export function keptQuote(quote: DraftQuote): Omit<StoredQuote, "wholesale"> & { readonly wholesale?: Wholesale } {
  const { currency, plan, period, tax, wholesale } = quote;
  return {
    ...{ currency, plan, period, tax },
    homeMinor: minorOf(quote.home),
    nameMonthMinor: minorOf(quote.namePart),
    nameYearMinor: minorOf(quote.nameYear),
    renewalYearMinor: minorOf(quote.renewalYear),
    addOns: quote.addOns.map(({ id, sum }) => ({ id, minor: minorOf(sum) })),
    totalMinor: minorOf(quote.total),
    laterTotalMinor: minorOf(quote.laterTotal),
    ...(wholesale ? { wholesale } : {}),
  };
}
