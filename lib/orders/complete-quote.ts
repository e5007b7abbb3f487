import { termsNow } from "@/lib/billing/bill.ts";
import { keptQuote } from "@/lib/billing/quote.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import type { World } from "@/lib/world.ts";
import { headCount, readDraft } from "./draft.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";
import { quoteAgain } from "./quote-again.ts";
import { saveDraft } from "./save-draft.ts";

/**
 * A name chosen while the registry was away has a price of ours but none of theirs: asks for it now, before paying.
 * Returns the version that the buyer's form stands for afterwards; throws as `quoteAgain` does.
 */
export async function completeQuote(
  tools: World & { readonly names: NameSearch },
  key: OrderKey | undefined,
  version: number,
): Promise<number> {
  const draft = readDraft(await ownOrder(tools.db, key));
  if (draft.version !== version || draft.name === null || !draft.quote || draft.quote.wholesale) return version;
  const now = await quoteAgain(tools.names, draft.name, headCount(draft), termsNow(draft.quote));
  // Our own prices are compared by the checkout itself, which shows a change before it charges one.
  await saveDraft(tools, draft, { quote: keptQuote({ ...draft.quote, wholesale: now.wholesale }) });
  return version + 1;
}
