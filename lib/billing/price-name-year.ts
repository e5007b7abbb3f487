import { z } from "zod";
import { Refused } from "@/lib/errors.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import { namePart } from "./bill.ts";
import { minorOf, moneyOf } from "./money.ts";
import type { Cashier } from "./ports.ts";
import { type BillSubscription, linesOfSubscription } from "./read-bill.ts";

/** One wish for each year on each bill. */
export const nameYearCause = (subscriptionId: string, year: number): string => `name-year:${subscriptionId}:${year}`;

const yearTerms = z.object({ year: z.number().int(), minor: z.number().int() });

/**
 * Writes what a year of the name costs into the bill, where the next invoice has it. The line at the vendor bears the cause: a
 * database that was set back finds what was done, and takes that for what counts. Says whether there is a bill to write it into.
 */
export async function priceNameYear(
  { db, clock, cashier }: World & { readonly cashier: Cashier },
  { orderId, cause, terms }: BillChange,
  subscription: BillSubscription,
): Promise<boolean> {
  const { year, minor } = yearTerms.parse(terms);
  const { id: subscriptionId, currency } = subscription;
  // Wanted of a bill that has ended, by a family that has come back since: what it costs them is another wish.
  if (cause !== nameYearCause(subscriptionId, year)) return false;
  const line = linesOfSubscription(subscription).find(({ what }) => what === "name");
  if (!line) throw new Refused("The bill has no line for the name", { vendor: "Stripe", call: "subscriptions.update" });
  const price = moneyOf(minor, currency);
  const parts = { month: namePart(price, "month"), year: namePart(price, "year") };
  const stands = await cashier.priceName({ cause, subscriptionId, itemId: line.itemId, year, price, parts });
  if (!stands) return false;
  await db.nameYear.updateMany({
    where: { orderId, year, writtenAt: null },
    data: { priceMinor: minorOf(stands), writtenAt: clock.now() },
  });
  return true;
}
