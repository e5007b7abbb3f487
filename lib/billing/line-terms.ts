import { Refused } from "@/lib/errors.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { keyOfLine } from "./ledger.ts";
import { moneyOf } from "./money.ts";
import type { CheckoutLine, LineTerms } from "./ports.ts";
import { type BillSubscription, linesOfSubscription } from "./read-bill.ts";
import { type TermsChange, termsChange } from "./terms-change.ts";

/** What a change asks of the payment vendor, for the line that the home or an add-on has in our copy. */
export function lineTermsOf({ id, terms: kept }: BillChange, subscription: BillSubscription): LineTerms {
  const terms = termsChange.parse(kept);
  const { period, tax, at } = terms;
  const wanted = lineOf(terms);
  const now = linesOfSubscription(subscription).find(({ what }) => keyOfLine(what) === keyOfLine(wanted.what));
  if (!now && wanted.what === "home")
    throw new Refused("The bill has no line for a home", { vendor: "Stripe", call: "copy" });
  const { addOn } = terms;
  return {
    ...{ changeId: id, subscriptionId: subscription.id, what: wanted.what, period, tax, at: new Date(at) },
    itemId: now?.itemId,
    line: addOn?.comes === false ? undefined : wanted,
    ...(addOn ? { addOns: addOn.all } : {}),
  };
}

function lineOf({ addOn, home, plan, currency }: TermsChange): CheckoutLine {
  if (addOn) return { what: { addOn: addOn.id }, label: addOn.label, sum: moneyOf(addOn.minor, currency) };
  return { what: "home", label: home.label, sum: moneyOf(home.minor, currency), plan };
}
