import { addOnCalled, addOnOnBill } from "@/lib/billing/add-on-called.ts";
import { minorOf } from "@/lib/billing/money.ts";
import type { Quote } from "@/lib/billing/quote.ts";
import { readBill } from "@/lib/billing/read-bill.ts";
import type { PriceBook } from "@/lib/billing/read-price-book.ts";
import { type TermsChange, termsChange } from "@/lib/billing/terms-change.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";

/** An add-on that shall be on the bill, or off it. */
export interface AddOnAsk {
  readonly kind: "add-on";
  readonly addOn: string;
  readonly comes: boolean;
}

/**
 * What of a bill's terms an add-on is that comes, at today's price, or goes; undefined where it is so already. Whatever they have
 * may go, be it sold no more.
 */
export async function addOnTerms(
  tx: Tx,
  orderId: string,
  quote: Quote,
  { addOn: id, comes }: AddOnAsk,
  book: PriceBook,
): Promise<TermsChange["addOn"]> {
  const has = quote.addOns.find((one) => one.id === id);
  if ((has !== undefined) === comes) return undefined;
  const { subscription } = await readBill(tx, orderId);
  const label = addOnCalled(id, book, addOnOnBill(id, subscription));
  const others = quote.addOns.map((one) => one.id).filter((one) => one !== id);
  if (has) return { id, comes, minor: minorOf(has.sum), label, all: others };
  const sum = book.addOns[id]?.[quote.period]?.[quote.currency];
  if (!sum) throw notNow(`The price book sells no ${id} by the ${quote.period}`, "addOnNotSold");
  const turn = await tx.billChange.findFirst({ where: { orderId, kind: "period", state: "wanted" } });
  if (turn && !book.addOns[id]?.[termsChange.parse(turn.terms).period]?.[quote.currency])
    throw notNow(`${id} is not sold by the period that is wanted`, "addOnNotThen");
  return { id, comes, minor: minorOf(sum), label, all: [...others, id] };
}

const notNow = (why: string, word: "addOnNotSold" | "addOnNotThen") =>
  new NameplateError("changed-meanwhile", why, { key: `family.terms.${word}` });
