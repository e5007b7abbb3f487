import { type Bill, plansFor, type Terms, termsNow } from "@/lib/billing/bill.ts";
import { proposePart } from "@/lib/names/parse-part.ts";
import type { World } from "@/lib/world.ts";
import { type LookValues, readLook } from "./choose-look.ts";
import { planTerms, readPeople, wantedPlan } from "./choose-people.ts";
import { extraInput } from "./deed/read-deed.ts";
import { shownPhone } from "./deed/shown-phone.ts";
import {
  addressOf,
  type Draft,
  type DraftDeed,
  type DraftPerson,
  endingOf,
  headCount,
  type TypedPerson,
} from "./draft.ts";
import { findDraft } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";
import type { Problem } from "./problem.ts";
import { seenOf, type TypedScreen } from "./save-draft.ts";

export type Screen = "name" | "look" | "people" | "deed" | "pay";
/** In their order: the first that is not finished is as far as anyone comes. */
export const screens: readonly Screen[] = ["name", "look", "people", "deed", "pay"];

/** A form as the page shows it: what is typed or saved, what is wrong with it, and the mark it is sent back with. */
export interface FormView<V> {
  readonly values: V;
  readonly problems: readonly Problem[];
  readonly seen: string;
}

/** The plan for those in the form, saved or not. */
export interface PlanView {
  /** Undefined before a name is chosen. */
  readonly terms: Terms | undefined;
  /** Those that have room for them all. */
  readonly plans: readonly string[];
  /** What they chose, where it has no room for them. */
  readonly left: string | undefined;
}

/** An order being filled in, for every screen of the wizard. */
export interface OrderView {
  readonly id: string;
  /** `closed`: bought, lost or given back; the wizard is over. */
  readonly state: "draft" | "checkout" | "closed";
  readonly version: number;
  /** The first screen that is not finished. */
  readonly next: Screen;
  readonly name: string | null;
  readonly ending: string | null;
  readonly bill: Bill | null;
  /** The mark of that bill, for a choice that stands beside it. */
  readonly billSeen: string;
  /** How many will live there, the buyer among them. */
  readonly heads: number;
  readonly buyer: { readonly given: string; readonly id: string } | null;
  /** The buyer's part of the address, from screen 2 on. */
  readonly buyerPart: string | null;
  readonly people: readonly (Pick<DraftPerson, "given" | "kind" | "ageBand"> & { readonly id: string })[];
  readonly deed: DraftDeed | null;
  readonly email: string | null;
  /** Their last payment was to be nothing: a code took all of it. */
  readonly turnedAway: boolean;
  readonly look: FormView<LookValues>;
  readonly peopleForm: FormView<readonly TypedPerson[]> & PlanView;
  readonly deedForm: Omit<FormView<Readonly<Record<string, string>>>, "problems"> & { readonly asked: boolean };
}

/** The order this key opens, as the wizard shows it; undefined when nothing is begun. Only reads. */
export async function describeOrder(
  world: Pick<World, "db">,
  key: OrderKey | undefined,
): Promise<OrderView | undefined> {
  const draft = await findDraft(world, key);
  return draft && { ...present(draft), turnedAway: await wasTurnedAway(world, draft) };
}

async function wasTurnedAway({ db }: Pick<World, "db">, draft: Draft): Promise<boolean> {
  if (firstUnfinished(draft) !== "pay") return false;
  const last = await db.checkout.findFirst({ where: { orderId: draft.id }, orderBy: { try: "desc" } });
  return last?.state === "turned-away";
}

function present(draft: Draft): Omit<OrderView, "turnedAway"> {
  const { id, version, name, quote, given, part, email, deed } = draft;
  const address = (one: string) => addressOf(one, name ?? "");
  return {
    ...{ id, version, name, email, deed },
    buyerPart: part,
    state: draft.state === "draft" || draft.state === "checkout" ? draft.state : "closed",
    next: firstUnfinished(draft),
    ending: name === null ? null : endingOf(name),
    bill: quote,
    billSeen: seenOf(draft, "bill"),
    heads: headCount(draft),
    buyer: given !== null && part !== null ? { given, id: address(part) } : null,
    people: draft.people.map(({ given, kind, ageBand, part: theirs }) => ({
      ...{ given, kind, id: address(theirs) },
      ...(ageBand ? { ageBand } : {}),
    })),
    look: lookForm(draft),
    peopleForm: peopleForm(draft),
    deedForm: deedForm(draft),
  };
}

export function firstUnfinished(draft: Draft): Screen {
  if (draft.name === null || draft.quote === null) return "name";
  if (draft.given === null || draft.part === null || !draft.nameChecked) return "look";
  if (draft.typed.people || !readPeople(asTyped(draft), draft).ok) return "people";
  return draft.deed?.ending === endingOf(draft.name) ? "pay" : "deed";
}

/** Whether a screen may be shown: everything before it is finished. */
export const mayShow = (screen: Screen, next: Screen): boolean => screens.indexOf(screen) <= screens.indexOf(next);

function lookForm(draft: Draft): FormView<LookValues> {
  const { look } = draft.typed;
  const saved = {
    given: draft.given ?? "",
    part: draft.part ?? "",
    confirm: draft.nameChecked ? (draft.name ?? "") : "",
  };
  const values = { ...saved, ...look?.values, ...unsentOf(draft, "look") };
  const reading = look?.asked ? readLook(values, draft) : undefined;
  return { values, problems: problemsOf(reading), seen: seenOf(draft, "look") };
}

const asTyped = (draft: Draft): readonly TypedPerson[] =>
  draft.people.map(({ ageBand, ...person }) => ({ ...person, email: person.email ?? "", age: ageBand ?? "" }));

function peopleForm(draft: Draft): OrderView["peopleForm"] {
  const { people } = draft.typed;
  const unsent = unsentOf(draft, "people");
  const rows = (people?.rows ?? asTyped(draft)).map((row) => withUnsent(row, unsent));
  const values = rows.map((row) => ({ ...row, part: row.part || proposePart(row.given) }));
  // A part that was good can be bad by now, when the buyer's own has changed: that is said without being asked.
  const reading = people && !people.asked ? undefined : readPeople(rows, draft);
  return { values, problems: problemsOf(reading), seen: seenOf(draft, "people"), ...planView(draft, 1 + rows.length) };
}

function planView(draft: Draft, heads: number): PlanView {
  const wanted = wantedPlan(draft);
  const terms = draft.quote ? planTerms(heads, termsNow(draft.quote), wanted) : undefined;
  const left = terms && terms.plan !== wanted ? wanted : undefined;
  return { terms, plans: plansFor(heads), left };
}

function deedForm(draft: Draft): OrderView["deedForm"] {
  const { values, asked } = draft.typed.deed ?? { values: savedDeed(draft), asked: false };
  return { values: { ...values, ...unsentOf(draft, "deed") }, asked, seen: seenOf(draft, "deed") };
}

function savedDeed({ deed, email }: Draft): Readonly<Record<string, string>> {
  if (!deed) return { email: email ?? "" };
  const { ending: _ending, extra, ...contact } = deed;
  const answers = Object.entries(extra).map(([property, answer]) => [extraInput(property), answer] as const);
  return { ...contact, phone: shownPhone(contact.phone), ...Object.fromEntries(answers) };
}

/** What stood in a form that was not sent, unless that form is an older one by now. */
function unsentOf(draft: Draft, screen: TypedScreen): Readonly<Record<string, string>> {
  const unsent = draft.typed.unsent?.[screen];
  return unsent?.seen === seenOf(draft, screen) ? unsent.values : {};
}

/** A line's fields are named by its key. */
function withUnsent(row: TypedPerson, unsent: Readonly<Record<string, string>>): TypedPerson {
  const of = (field: "given" | "part" | "kind" | "email") => unsent[`${field}-${row.key}`] ?? row[field];
  const age = unsent[`age-${row.key}`] ?? row.age ?? "";
  return { key: row.key, given: of("given"), part: of("part"), kind: of("kind"), email: of("email"), age };
}

const problemsOf = (
  reading: { ok: true } | { ok: false; problems: readonly Problem[] } | undefined,
): readonly Problem[] => (reading && !reading.ok ? reading.problems : []);
