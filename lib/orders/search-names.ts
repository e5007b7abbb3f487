import { type Bill, billFor, type Terms, usualTerms } from "@/lib/billing/bill.ts";
import { endingsSold, prices } from "@/lib/billing/prices.ts";
import { tooDear } from "@/lib/billing/too-dear.ts";
import { Refused, type Said, Unreachable } from "@/lib/errors.ts";
import { log } from "@/lib/log.ts";
import type { Letter } from "@/lib/names/look-alikes.ts";
import { type NameReading, parseName } from "@/lib/names/parse-name.ts";
import type { Checked, NameSearch } from "@/lib/names/ports.ts";
import { candidates, pick, plural } from "@/lib/names/suggest.ts";
import type { World } from "@/lib/world.ts";
import { endingOf } from "./draft.ts";
import { namesBeingBought } from "./names-being-bought.ts";
import { type HomeInTheWay, homesInTheWay } from "./similar-homes.ts";

/** A name that is left, with its whole bill. */
export interface Offer extends Bill {
  readonly name: string;
  readonly label: string;
  readonly ending: string;
}

/** Why the name that was asked for is not among the offers. */
export type NoOffer = "taken" | "premium" | "unsold" | "ours" | "similar" | "busy" | "kept";

/** How the name that was asked for stands; `free` also when only a surname was typed. */
export type Standing =
  | { readonly kind: "free" | "away" }
  | { readonly kind: NoOffer; readonly name: string; readonly ending: string; readonly other?: string }
  | { readonly kind: "odd"; readonly other: string; readonly letters: readonly Letter[] }
  | { readonly kind: "problem"; readonly say: Said; readonly perhaps: readonly string[] };

export interface SearchView {
  readonly typed: string;
  readonly standing: Standing;
  /** At most five, best first. */
  readonly offers: readonly Offer[];
  /** What was looked for, without its ending. */
  readonly label: string;
}

export interface SearchTools extends Pick<World, "db" | "clock"> {
  readonly names: NameSearch;
}

export interface SearchInput {
  readonly typed: string;
  /** How many people the bill is for, and on what terms; the usual ones unless others are known. */
  readonly people: number;
  readonly terms?: Terms;
  /** The buyer's given name, once it is known: it makes more names. */
  readonly given?: string;
  /** The buyer's own order, which does not stand in its own way. */
  readonly orderId?: string;
}

/** Looks for a name as typed: says how it stands, and offers five that are left. Never throws for what somebody typed. */
export async function searchNames(tools: SearchTools, input: SearchInput): Promise<SearchView> {
  const reading = parseName(input.typed, prices().endings);
  if (reading.kind === "problem") {
    const perhaps = nearProblem(reading.perhaps);
    return { typed: input.typed, standing: { ...reading, perhaps }, offers: [], label: "" };
  }
  const wanted = wantedOf(reading);
  const names = [
    ...new Set([...(wanted.sold ? [wanted.sold] : []), ...candidates(wanted.label, prices().endings, input.given)]),
  ].slice(0, 20);
  const [checked, homes, busy] = await Promise.all([
    look(tools.names, names),
    homesInTheWay(tools, wanted.name ? [...names, wanted.name] : names),
    namesBeingBought(tools, names, input.orderId),
  ]);
  const obstacle = (name: string) => inTheWay(name, checked, homes, busy);
  const left = names.filter((name) => obstacle(name) === undefined);
  const offers = pick(left).flatMap((name) => offerOf(name, input) ?? []);
  return {
    typed: input.typed,
    standing: standing(reading, wanted, checked === undefined, obstacle),
    offers,
    label: wanted.label,
  };
}

interface Wanted {
  readonly label: string;
  /** The whole name, when an ending was typed too. */
  readonly name?: string;
  /** The same when we sell that ending. */
  readonly sold?: string;
}

function wantedOf(reading: Exclude<NameReading, { kind: "problem" }>): Wanted {
  if (reading.kind === "odd") {
    const meant = parseName(reading.other, prices().endings);
    return meant.kind === "problem" || meant.kind === "odd" ? { label: reading.other } : wantedOf(meant);
  }
  if (reading.kind === "name") return { label: reading.label, name: reading.name, sold: reading.name };
  return reading.kind === "unsold" ? { label: reading.label, name: reading.name } : { label: reading.label };
}

/** Undefined when the registry does not answer. */
async function look(search: NameSearch, names: readonly string[]): Promise<readonly Checked[] | undefined> {
  if (names.length === 0) return [];
  try {
    return await search.check(names);
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
    log.warn({ err: error }, "The registrar does not answer the search for names");
    return undefined;
  }
}

/** What keeps a name from being offered, if anything. With the registry away the benefit of the doubt is given: it is asked again before paying. */
function inTheWay(
  name: string,
  checked: readonly Checked[] | undefined,
  homes: ReadonlyMap<string, HomeInTheWay>,
  busy: ReadonlySet<string>,
): { readonly kind: NoOffer; readonly other?: string } | undefined {
  const home = homes.get(name);
  if (home) return home.why === "same" ? { kind: "ours" } : { kind: "similar", other: home.home };
  if (parseName(name, prices().endings).kind === "kept") return { kind: "kept" };
  if (busy.has(name)) return { kind: "busy" };
  if (checked === undefined) return undefined;
  const found = checked.find((one) => one.name === name);
  if (!found || found.kind === "unsupported") return { kind: "unsold" };
  if (found.kind !== "available") return { kind: found.kind };
  return tooDear(endingOf(name), found.price) ? { kind: "premium" } : undefined;
}

function standing(
  reading: Exclude<NameReading, { kind: "problem" }>,
  wanted: Wanted,
  away: boolean,
  obstacle: (name: string) => { readonly kind: NoOffer; readonly other?: string } | undefined,
): Standing {
  if (reading.kind === "odd") return reading;
  if (reading.kind === "kept") return { kind: "kept", name: reading.name, ending: endingOf(reading.name) };
  const found = wanted.sold
    ? obstacle(wanted.sold)
    : reading.kind === "unsold"
      ? { kind: "unsold" as const }
      : undefined;
  if (found && wanted.name) return { ...found, name: wanted.name, ending: endingOf(wanted.name) };
  return { kind: away ? "away" : "free" };
}

function offerOf(name: string, { people, terms = usualTerms() }: SearchInput): Offer | undefined {
  const ending = endingOf(name);
  const bill = billFor(ending, people, terms);
  return bill && { ...bill, name, ending, label: name.slice(0, -ending.length - 1) };
}

/** Beside an error: whole names to look for instead. Who typed "O'Brien family" means the ending, too. */
function nearProblem(perhaps: readonly string[]): readonly string[] {
  const first = endingsSold()[0] ?? "";
  const whole = perhaps.flatMap((one) => {
    if (one.includes(".")) return [one];
    const label = one.replace(new RegExp(`-?${first}$`), "") || one;
    return label.includes("-") ? [`${label}.${first}`] : [`${label}.${first}`, `the-${plural(label)}.${first}`];
  });
  // Two are a hint, more are a list.
  return [...new Set(whole)].filter((one) => parseName(one, prices().endings).kind !== "problem").slice(0, 2);
}
