import { billFor, type Terms, termsFor, termsNow, usualTerms } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { type DraftQuote, keptQuote } from "@/lib/billing/quote.ts";
import { NameplateError, Unreachable } from "@/lib/errors.ts";
import { parseName } from "@/lib/names/parse-name.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import type { World } from "@/lib/world.ts";
import { endingOf, headCount } from "./draft.ts";
import { findDraft, openOrder } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";
import { quoteAgain } from "./quote-again.ts";
import { saveDraft, typedWith } from "./save-draft.ts";
import { homesInTheWay } from "./similar-homes.ts";

export type ChosenName =
  | { readonly ok: true; readonly key: OrderKey; readonly terms: Pick<Terms, "currency" | "period"> }
  /** It cannot be had: the search for `name` says why. `lost`: it was offered a moment ago. */
  | { readonly ok: false; readonly name: string; readonly lost: boolean };

/**
 * Screen 1: this name, at today's price. Begins the order when there is none. A name once chosen and confirmed stays
 * confirmed only while it stays the same, and an order that is begun keeps its terms.
 */
export async function chooseName(
  tools: World & { readonly names: NameSearch },
  key: OrderKey | undefined,
  typed: string,
  usual: Terms = usualTerms(),
): Promise<ChosenName> {
  const reading = parseName(typed, prices().endings);
  if (reading.kind !== "name") return { ok: false, name: typed, lost: false };
  const { name } = reading;
  if ((await homesInTheWay(tools, [name])).size > 0) return { ok: false, name, lost: false };
  const begun = await findDraft(tools, key);
  const heads = begun ? headCount(begun) : 1;
  const terms = termsFor(heads, begun?.quote ? termsNow(begun.quote) : usual);
  const quote = await priceNow(tools.names, name, heads, terms);
  if (!quote) return { ok: false, name, lost: true };
  const { key: owner, draft } = await openOrder(tools, key);
  const same = draft.name === name;
  await saveDraft(tools, draft, {
    name,
    quote: keptQuote(quote),
    nameChecked: same && draft.nameChecked,
    ...(same ? {} : { typed: typedWith(draft, "look", undefined) }),
  });
  return { ok: true, key: owner, terms: quote };
}

/** Undefined when it cannot be had. With the registry away the price book alone answers; it is asked again before paying. */
async function priceNow(
  names: NameSearch,
  name: string,
  people: number,
  terms: Terms,
): Promise<DraftQuote | undefined> {
  try {
    return await quoteAgain(names, name, people, terms);
  } catch (error) {
    if (error instanceof Unreachable) return billFor(endingOf(name), people, terms);
    if (error instanceof NameplateError && error.kind === "bad-input") return undefined;
    throw error;
  }
}
