import { z } from "zod";
import type { Order } from "@/lib/generated/prisma/client.ts";

const minor = z.number().int().nonnegative();

/** What the buyer was shown, kept with the order. Sums in minor units of `currency`, tax included. */
export const quoteShape = z.object({
  currency: z.string().length(3),
  homeMinor: minor,
  /** A twelfth of the name's first year, rounded up. */
  nameMonthMinor: minor,
  nameYearMinor: minor,
  renewalYearMinor: minor,
  /** Each month of the first year. */
  totalMinor: minor,
  /** Each month from the second year on, at today's renewal price. */
  laterTotalMinor: minor,
  /** What the registrar asked us for it then: decimal strings a year. */
  wholesale: z.object({ currency: z.string(), registration: z.string(), renewal: z.string() }),
});
export type Quote = z.infer<typeof quoteShape>;

export function readQuote(order: Pick<Order, "id" | "quote">): Quote {
  const read = quoteShape.safeParse(order.quote);
  if (!read.success) throw new Error(`Order ${order.id} has no quote: ${read.error.message}`);
  return read.data;
}
