import { billFor, type Terms, termsFor, termsNow } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { keptQuote } from "@/lib/billing/quote.ts";
import type { World } from "@/lib/world.ts";
import { endingOf, headCount } from "./draft.ts";
import { ownDraft } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";
import { otherWindow, saveDraft, seenOf } from "./save-draft.ts";

/**
 * The bill of an order that is being filled in, in another currency or for another period. `seen`: the mark of the bill that
 * the choice stood beside, where it stood beside one. With no name chosen yet there is no bill to change.
 */
export async function chooseTerms(
  world: Pick<World, "db" | "clock">,
  key: OrderKey | undefined,
  chosen: Partial<Pick<Terms, "currency" | "period">>,
  seen?: string,
): Promise<void> {
  const draft = await ownDraft(world, key);
  if (!draft.quote || draft.name === null) return;
  const heads = headCount(draft);
  const terms = wanted({ ...termsNow(draft.quote), ...chosen }, heads);
  // The same button pressed twice is no other window.
  if (draft.quote.currency === terms.currency && draft.quote.period === terms.period) return;
  if (seen !== undefined && seen !== seenOf(draft, "bill")) throw otherWindow(`Order ${draft.id}: an older bill`);
  const bill = billFor(endingOf(draft.name), heads, terms);
  if (!bill) throw new Error(`The price book does not sell ${draft.name} in ${terms.currency}`);
  const { wholesale } = draft.quote;
  await saveDraft(world, draft, { quote: keptQuote({ ...bill, ...(wholesale ? { wholesale } : {}) }) });
}

/** As far as the book has them: a plan that is not sold by the year stays by the month. */
function wanted(terms: Terms, heads: number): Terms {
  const { plan, period } = termsFor(heads, terms);
  return { ...terms, plan, period: prices().plans[plan]?.[period] ? period : "month" };
}
