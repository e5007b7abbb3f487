import { billFor, type Terms, termsFor, termsNow, usualTerms } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { type DraftQuote, keptQuote } from "@/lib/billing/quote.ts";
import type { Said } from "@/lib/errors.ts";
import { parsePart } from "@/lib/names/parse-part.ts";
import { oddText, tidy } from "@/lib/names/typed-text.ts";
import { ageBandOf } from "@/lib/tenants/age-band.ts";
import type { World } from "@/lib/world.ts";
import { givenProblem } from "./choose-look.ts";
import { addressOf, type Draft, type DraftPerson, endingOf, type TypedPerson } from "./draft.ts";
import { isEmail, isEmailAt } from "./email.ts";
import { keepAllTyped } from "./keep-typed.ts";
import { ownDraft } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";
import type { Problem, Reading } from "./problem.ts";
import { otherWindow, saveDraft, seenOf, typedWith } from "./save-draft.ts";

/** What was pressed: Continue, another plan, Add another person, or Take out. */
export type PeopleAct =
  | { readonly kind: "continue" }
  | { readonly kind: "plan" }
  | { readonly kind: "add" }
  | { readonly kind: "take-out"; readonly key: string };

export type PeopleDone =
  | { readonly next: "deed" }
  /** Stay on the screen; `focus` is the field that comes next. */
  | { readonly next: "people"; readonly focus?: string };

/** Screen 3 as it was sent. */
export interface PeopleForm {
  readonly rows: readonly TypedPerson[];
  /** Undefined where there was nothing to choose. */
  readonly plan?: string | undefined;
  readonly seen: string;
}

/**
 * Screen 3: who else will live there, and in which plan where several have room for them. Adding and taking out keep what is
 * typed in the other lines. A plan that has no room for those who were added gives way to one that has.
 */
export async function choosePeople(
  world: World,
  key: OrderKey | undefined,
  form: PeopleForm,
  act: PeopleAct,
): Promise<PeopleDone> {
  const draft = await ownDraft(world, key);
  const rows = form.rows.map((row) => keepAllTyped(row) as TypedPerson);
  const plan = form.plan !== undefined && Object.hasOwn(prices().plans, form.plan) ? form.plan : wantedPlan(draft);
  const reading = readPeople(rows, draft);
  if (form.seen !== seenOf(draft, "people")) return fromOlderForm(draft, reading, act, plan);
  if (act.kind === "continue" && reading.ok) {
    await saveDraft(world, draft, {
      people: reading.value.map((person) => ({ ...person })),
      quote: keptQuote(quoteFor(draft, reading.value.length + 1, plan)),
      typed: typedWith(draft, "people", undefined),
    });
    return { next: "deed" };
  }
  const added = act.kind === "add" && rows.length + 1 < mostPeople() ? emptyRow(world) : undefined;
  const kept = act.kind === "take-out" ? rows.filter((row) => row.key !== act.key) : rows;
  const people = { rows: added ? [...kept, added] : kept, asked: act.kind === "continue", plan };
  await saveDraft(world, draft, { typed: typedWith(draft, "people", people) });
  if (act.kind === "plan") return { next: "people", focus: "plan" };
  return { next: "people", ...(added ? { focus: `given-${added.key}` } : {}) };
}

/** Pressing a button twice is no other window: what the first press did stands. */
function fromOlderForm(
  draft: Draft,
  reading: Reading<readonly DraftPerson[]>,
  act: PeopleAct,
  plan: string,
): PeopleDone {
  if (act.kind === "add" || act.kind === "take-out") return { next: "people" };
  const samePlan = plan === wantedPlan(draft);
  if (act.kind === "plan" && samePlan) return { next: "people", focus: "plan" };
  if (samePlan && reading.ok && JSON.stringify(reading.value) === JSON.stringify(draft.people)) return { next: "deed" };
  throw otherWindow(`Order ${draft.id}: an older form of screen 3`);
}

const emptyRow = ({ ids }: World): TypedPerson => ({
  key: ids.id("p"),
  given: "",
  part: "",
  kind: "",
  email: "",
  age: "",
});

const termsOf = (quote: DraftQuote | null): Terms => (quote ? termsNow(quote) : usualTerms());

/** What they chose on this screen, or before. */
export const wantedPlan = ({ typed, quote }: Draft): string => typed.people?.plan ?? termsOf(quote).plan;

/** How many the roomiest plan takes. */
export const mostPeople = (): number => Math.max(...Object.values(prices().plans).map(({ most }) => most));

/** The bill follows the number of people and the plan; what the registrar asks for the name stays as it was told. */
function quoteFor({ quote, name }: Draft, people: number, plan: string): DraftQuote {
  const bill = billFor(endingOf(name ?? ""), people, planTerms(people, termsOf(quote), plan));
  if (!bill) throw new Error(`The price book no longer sells ${name} to ${people} people`);
  return { ...bill, ...(quote?.wholesale ? { wholesale: quote.wholesale } : {}) };
}

/** Those terms in another plan, as far as it has room for so many. */
export const planTerms = (people: number, terms: Terms, plan: string): Terms =>
  termsFor(people, termsNow({ ...terms, plan, addOns: terms.addOns.map((id) => ({ id })) }));

/** Reads screen 3: every line, in its order. */
export function readPeople(rows: readonly TypedPerson[], draft: Draft): Reading<readonly DraftPerson[]> {
  const problems: Problem[] = [];
  const people: DraftPerson[] = [];
  const taken = new Map([[draft.part ?? "", theirs(draft.given ?? "")]]);
  for (const row of rows) {
    const read = readPerson(row, draft.name ?? "", taken);
    if (read.ok) people.push(read.value);
    else problems.push(...read.problems);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: people };
}

/** Whose a part of an address is, and by which sentence that is said. */
export interface Taken {
  readonly given: string;
  readonly why: "twice" | "takenOut" | "gone";
}

const theirs = (given: string): Taken => ({ given, why: "twice" });

/** One line. `taken`: the parts of an address that others have; this one's is added to them. */
export function readPerson(row: TypedPerson, name: string, taken: Map<string, Taken>): Reading<DraftPerson> {
  const given = tidy(row.given);
  const called = given === "" || oddText(given) ? "" : given;
  const problems: Problem[] = [];
  const wrong = (input: string, field: Said, say: Said | undefined) => {
    if (say) problems.push({ at: `${input}-${row.key}`, field, say });
  };
  wrong("given", { key: "people.given" }, givenProblem(given, "people.errors.givenEmpty", "people.errors.givenLong"));
  const part = parsePart(row.part, name, called);
  const partSays = part.ok ? twice(part.part, name, taken) : part.say;
  const whose: Said = called ? { key: "part.theirs", values: { given: called } } : { key: "part.nameless" };
  wrong("part", whose, partSays && { ...partSays, values: { ...partSays.values, whose: "them" } });
  if (part.ok && !partSays) taken.set(part.part, theirs(called || part.part));
  const kind = row.kind === "adult" || row.kind === "child" ? row.kind : undefined;
  if (!kind) wrong("kind", { key: "people.kind" }, notChosen("people.errors.kind", called));
  // What was chosen before they turned out to be an adult is nobody's age.
  const ageBand = kind === "child" ? ageBandOf(row.age) : undefined;
  if (kind === "child" && !ageBand) wrong("age", { key: "people.ageField" }, notChosen("people.errors.age", called));
  const email = tidy(row.email);
  wrong("email", { key: "people.email" }, emailProblem(email, name));
  if (problems.length > 0 || !part.ok || !kind) return { ok: false, problems };
  const more = { ...(email ? { email } : {}), ...(ageBand ? { ageBand } : {}) };
  return { ok: true, value: { key: row.key, given, part: part.part, kind, ...more } };
}

/** The same sentence has a form for somebody whose name is not known yet. */
const notChosen = (key: string, given: string): Said =>
  given ? { key, values: { given } } : { key: `${key}Nameless` };

function twice(part: string, name: string, taken: ReadonlyMap<string, Taken>): Said | undefined {
  const other = taken.get(part);
  if (other === undefined) return undefined;
  let n = 2;
  while (taken.has(`${part}${n}`)) n++;
  const values = { id: addressOf(part, name), other: other.given, suggestion: `${part}${n}` };
  return { key: `part.errors.${other.why}`, values };
}

function emailProblem(email: string, name: string): Said | undefined {
  if (email === "") return undefined;
  if (!isEmail(email)) return oddText(email) ?? { key: "people.errors.email" };
  return isEmailAt(email, name) ? { key: "people.errors.emailHere", values: { name } } : undefined;
}
