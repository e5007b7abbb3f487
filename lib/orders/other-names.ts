import { asksNoMore, type Bill, billFor, termsNow } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { tooDear } from "@/lib/billing/too-dear.ts";
import type { Said } from "@/lib/errors.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { type NameReading, parseName } from "@/lib/names/parse-name.ts";
import type { Checked, NameSearch } from "@/lib/names/ports.ts";
import { candidates, pick } from "@/lib/names/suggest.ts";
import type { World } from "@/lib/world.ts";
import { deedFits } from "./deed-fits.ts";
import { endingOf, headCount, readDraft } from "./draft.ts";
import { namesBeingBought } from "./names-being-bought.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";
import { homesInTheWay } from "./similar-homes.ts";

/** Names that a buyer whose name was lost can have for the money that was paid. */
export interface OtherNames {
  /** What is wrong with what was typed, or that the very name typed cannot be had. */
  readonly say: Said | undefined;
  /** At most five, best first. */
  readonly offers: readonly string[];
}

type Tools = Pick<World, "db" | "clock"> & { readonly names: NameSearch };

/** With nothing typed, names close to the lost one. Throws `Unreachable` while the registry does not answer. */
export async function otherNames(tools: Tools, key: OrderKey | undefined, typed: string): Promise<OtherNames> {
  const order = await ownOrder(tools.db, key);
  const reading = parseName(typed.trim() === "" ? labelOf(order.name ?? "") : typed, prices().endings);
  if (reading.kind === "problem") return { say: reading.say, offers: [] };
  const wanted = reading.kind === "name" || reading.kind === "unsold" ? reading.name : undefined;
  const label = reading.kind === "odd" ? labelOf(reading.other) : reading.label;
  const endings = Object.fromEntries(
    Object.entries(prices().endings).filter(([ending]) => costsNoMore(order, billOf(order, ending))),
  );
  const asked = [...(wanted ? [wanted] : []), ...candidates(label, endings, order.given ?? undefined)];
  const left = await canBeHad(tools, order, [...new Set(asked)].slice(0, mostLooked));
  const offers = pick(left);
  return { say: whyNot(reading, wanted, offers), offers };
}

/** How many names a registrar looks up at once. */
const mostLooked = 20;

const labelOf = (name: string): string => name.split(".")[0] ?? "";
const billOf = (order: Order, ending: string): Bill | undefined =>
  billFor(ending, headCount(readDraft(order)), termsNow(readQuote(order)));

/** What was paid stays as it is, each month: another name may cost as much or less, never more. */
export const costsNoMore = (order: Order, bill: Bill | undefined): boolean =>
  bill !== undefined && asksNoMore(bill, readQuote(order));

async function canBeHad(tools: Tools, order: Order, names: readonly string[]): Promise<readonly string[]> {
  const sold = names.filter((name) => costsNoMore(order, billOf(order, endingOf(name))));
  if (sold.length === 0) return [];
  const [checked, homes, busy, endings] = await Promise.all([
    tools.names.check(sold),
    homesInTheWay(tools, sold),
    namesBeingBought(tools, sold, order.id),
    fittingEndings(tools, order, sold),
  ]);
  const atRegistry = new Set(checked.filter(isOrdinary).map((one) => one.name));
  return sold.filter(
    (name) => atRegistry.has(name) && !homes.has(name) && !busy.has(name) && endings.has(endingOf(name)),
  );
}

/** Left, and not so dear for us that we treat it as a rare one. */
function isOrdinary(found: Checked): boolean {
  if (found.kind !== "available" || parseName(found.name, prices().endings).kind !== "name") return false;
  return !tooDear(endingOf(found.name), found.price);
}

/** Endings whose registry asks nothing that the deed does not answer. */
async function fittingEndings({ names }: Tools, order: Order, sold: readonly string[]): Promise<ReadonlySet<string>> {
  const one = new Map(sold.map((name) => [endingOf(name), name]));
  const fits = await Promise.all(
    [...one].map(async ([ending, name]) => ((await deedFits(names, order, name)) ? [ending] : [])),
  );
  return new Set(fits.flat());
}

function whyNot(reading: NameReading, wanted: string | undefined, offers: readonly string[]): Said | undefined {
  if (reading.kind === "odd") return { key: "watch.lost.looksLike", values: { other: reading.other } };
  if (reading.kind === "kept") return { key: "watch.lost.notThis", values: { name: reading.name } };
  return wanted && !offers.includes(wanted) ? { key: "watch.lost.notThis", values: { name: wanted } } : undefined;
}
