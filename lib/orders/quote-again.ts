import { billFor, type Terms, usualTerms } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import type { Quote } from "@/lib/billing/quote.ts";
import { tooDear } from "@/lib/billing/too-dear.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { NameSearch } from "@/lib/names/ports.ts";

/**
 * What a name costs now, asked of the registry itself. Throws `bad-input` with a text of the catalogue when it is taken,
 * rare, not sold, or dearer for us than the price book allows.
 */
export async function quoteAgain(
  names: NameSearch,
  name: string,
  people: number,
  terms: Terms = usualTerms(),
  book = prices(),
): Promise<Quote> {
  const ending = name.slice(name.indexOf(".") + 1);
  const bill = billFor(ending, people, terms, book);
  if (!bill)
    throw new NameplateError("bad-input", `${ending} is not sold`, { key: "name.notSold", values: { ending } });
  const found = (await names.check([name])).find((one) => one.name === name);
  if (!found || found.kind === "taken")
    throw new NameplateError("bad-input", `${name} is taken`, { key: "pay.nameLost", values: { name } });
  if (found.kind === "premium")
    throw new NameplateError("bad-input", `${name} is premium`, { key: "name.rare", values: { name, ending } });
  if (found.kind !== "available")
    throw new NameplateError("bad-input", `${name} is not supported`, { key: "name.notSold", values: { ending } });
  if (tooDear(ending, found.price, book)) {
    const { registration, renewal, currency } = found.price;
    throw new NameplateError("bad-input", `${name} costs us ${registration}, then ${renewal} ${currency}`, {
      key: "name.rare",
      values: { name, ending },
    });
  }
  return { ...bill, wholesale: found.price };
}
