import { Refused } from "@/lib/errors.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { moneyOf } from "./money.ts";
import type { HomeTerms } from "./ports.ts";
import { type BillSubscription, linesOfSubscription } from "./read-bill.ts";
import { termsChange } from "./terms-change.ts";

/** What a change asks of the payment vendor, for the line that the home has in our copy. */
export function homeTermsOf({ id, terms: kept }: BillChange, subscription: BillSubscription): HomeTerms {
  const { plan, home, currency, period, tax, at } = termsChange.parse(kept);
  const line = linesOfSubscription(subscription).find(({ what }) => what === "home");
  if (!line) throw new Refused("The bill has no line for a home", { vendor: "Stripe", call: "copy" });
  return {
    ...{ changeId: id, subscriptionId: subscription.id, itemId: line.itemId, plan, label: home.label, period, tax },
    sum: moneyOf(home.minor, currency),
    at: new Date(at),
  };
}
