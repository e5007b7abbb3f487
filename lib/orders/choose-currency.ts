import { billFor, termsNow } from "@/lib/billing/bill.ts";
import { keptQuote } from "@/lib/billing/quote.ts";
import type { World } from "@/lib/world.ts";
import { endingOf, headCount } from "./draft.ts";
import { findDraft } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";
import { saveDraft } from "./save-draft.ts";

/** The bill of an order that is being filled in, in another currency. With no name chosen yet there is none to change. */
export async function chooseCurrency(
  world: Pick<World, "db" | "clock">,
  key: OrderKey | undefined,
  currency: string,
): Promise<void> {
  const draft = await findDraft(world, key);
  if (draft?.state !== "draft" || !draft.quote || draft.name === null || draft.quote.currency === currency) return;
  const bill = billFor(endingOf(draft.name), headCount(draft), { ...termsNow(draft.quote), currency });
  if (!bill) throw new Error(`The price book does not sell ${draft.name} in ${currency}`);
  const { wholesale } = draft.quote;
  await saveDraft(world, draft, { quote: keptQuote({ ...bill, ...(wholesale ? { wholesale } : {}) }) });
}
