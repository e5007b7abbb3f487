import { addOnsSold, billFor, type Terms, termsFor, termsNow } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { type DraftQuote, keptQuote } from "@/lib/billing/quote.ts";
import type { PriceBook } from "@/lib/billing/read-price-book.ts";
import type { World } from "@/lib/world.ts";
import { endingOf, headCount } from "./draft.ts";
import { ownDraft } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";
import { otherWindow, saveDraft, seenOf } from "./save-draft.ts";

/** What is chosen beside a bill; of add-ons all that shall be on it. */
export type ChosenTerms = Partial<Omit<Terms, "plan">>;

/**
 * The bill of an order that is being filled in, in another currency, for another period or with other add-ons. `seen`: the mark
 * of the bill that the choice stood beside, where it stood beside one. With no name chosen yet there is no bill to change. Says
 * which add-ons left, since they are not sold so.
 */
export async function chooseTerms(
  world: Pick<World, "db" | "clock">,
  key: OrderKey | undefined,
  chosen: ChosenTerms,
  seen?: string,
  book: PriceBook = prices(),
): Promise<readonly string[]> {
  const draft = await ownDraft(world, key);
  if (!draft.quote || draft.name === null) return [];
  const heads = headCount(draft);
  const now = { ...termsNow(draft.quote, book), ...chosen };
  const terms = wanted(now, heads, book);
  // The same button pressed twice is no other window.
  if (asksForNothingElse(draft.quote, terms)) return [];
  if (seen !== undefined && seen !== seenOf(draft, "bill")) throw otherWindow(`Order ${draft.id}: an older bill`);
  const bill = billFor(endingOf(draft.name), heads, terms, book);
  if (!bill) throw new Error(`The price book does not sell ${draft.name} in ${terms.currency}`);
  const { wholesale } = draft.quote;
  await saveDraft(world, draft, { quote: keptQuote({ ...bill, ...(wholesale ? { wholesale } : {}) }) });
  return now.addOns.filter((id) => !terms.addOns.includes(id));
}

/** As far as the book has them: a plan that is not sold by the year stays by the month, and an add-on that is not leaves. */
function wanted(terms: Terms, heads: number, book: PriceBook): Terms {
  const { plan, period: asked } = termsFor(heads, terms, book);
  const period = book.plans[plan]?.[asked] ? asked : "month";
  const sold = addOnsSold({ ...terms, period }, book);
  return { ...terms, plan, period, addOns: sold.filter((id) => terms.addOns.includes(id)) };
}

const asksForNothingElse = (quote: DraftQuote, { currency, period, addOns }: Terms): boolean =>
  quote.currency === currency &&
  quote.period === period &&
  quote.addOns.length === addOns.length &&
  quote.addOns.every(({ id }) => addOns.includes(id));
