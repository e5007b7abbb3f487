import { billFor, termsNow, usualTerms } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { type DraftQuote, keptQuote } from "@/lib/billing/quote.ts";
import type { Said } from "@/lib/errors.ts";
import { parsePart } from "@/lib/names/parse-part.ts";
import { oddText, tidy } from "@/lib/names/typed-text.ts";
import type { World } from "@/lib/world.ts";
import { givenProblem } from "./choose-look.ts";
import { addressOf, type Draft, type DraftPerson, endingOf, type TypedPerson } from "./draft.ts";
import { isEmail, isEmailAt } from "./email.ts";
import { keepAllTyped } from "./keep-typed.ts";
import { ownDraft } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";
import type { Problem, Reading } from "./problem.ts";
import { otherWindow, saveDraft, seenOf, typedWith } from "./save-draft.ts";

/** What was pressed: Continue, Add another person, or Take out. */
export type PeopleAct =
  | { readonly kind: "continue" }
  | { readonly kind: "add" }
  | { readonly kind: "take-out"; readonly key: string };

export type PeopleDone =
  | { readonly next: "deed" }
  /** Stay on the screen; `focus` is the key of a line that was added. */
  | { readonly next: "people"; readonly focus?: string };

/** Screen 3: who else will live there. Adding and taking out keep what is typed in the other lines. */
export async function choosePeople(
  world: World,
  key: OrderKey | undefined,
  typed: readonly TypedPerson[],
  act: PeopleAct,
  seen: string,
): Promise<PeopleDone> {
  const draft = await ownDraft(world, key);
  const rows = typed.map((row) => keepAllTyped(row) as TypedPerson);
  const reading = readPeople(rows, draft);
  if (seen !== seenOf(draft, "people")) return fromOlderForm(draft, reading, act);
  if (act.kind === "continue" && reading.ok) {
    await saveDraft(world, draft, {
      people: reading.value.map((person) => ({ ...person })),
      quote: keptQuote(quoteFor(draft, reading.value.length + 1)),
      typed: typedWith(draft, "people", undefined),
    });
    return { next: "deed" };
  }
  const added = act.kind === "add" && rows.length + 1 < mostPeople(draft) ? emptyRow(world) : undefined;
  const kept = act.kind === "take-out" ? rows.filter((row) => row.key !== act.key) : rows;
  const people = { rows: added ? [...kept, added] : kept, asked: act.kind === "continue" };
  await saveDraft(world, draft, { typed: typedWith(draft, "people", people) });
  return { next: "people", ...(added ? { focus: added.key } : {}) };
}

/** Pressing a button twice is no other window: what the first press did stands. */
function fromOlderForm(draft: Draft, reading: Reading<readonly DraftPerson[]>, act: PeopleAct): PeopleDone {
  if (act.kind !== "continue") return { next: "people" };
  if (reading.ok && JSON.stringify(reading.value) === JSON.stringify(draft.people)) return { next: "deed" };
  throw otherWindow(`Order ${draft.id}: an older form of screen 3`);
}

const emptyRow = ({ ids }: World): TypedPerson => ({ key: ids.id("p"), given: "", part: "", kind: "", email: "" });

const termsOf = (quote: DraftQuote | null) => (quote ? termsNow(quote) : usualTerms());

/** How many the plan takes. */
const mostPeople = ({ quote }: Draft): number => prices().plans[termsOf(quote).plan]?.most ?? 1;

/** The bill follows the number of people; what the registrar asks for the name stays as it was told. */
function quoteFor({ quote, name }: Draft, people: number): DraftQuote {
  const bill = billFor(endingOf(name ?? ""), people, termsOf(quote));
  if (!bill) throw new Error(`The price book no longer sells ${name} to ${people} people`);
  return { ...bill, ...(quote?.wholesale ? { wholesale: quote.wholesale } : {}) };
}

/** Reads screen 3: every line, in its order. */
export function readPeople(rows: readonly TypedPerson[], draft: Draft): Reading<readonly DraftPerson[]> {
  const problems: Problem[] = [];
  const people: DraftPerson[] = [];
  const taken = new Map([[draft.part ?? "", draft.given ?? ""]]);
  for (const row of rows) {
    const read = readRow(row, draft.name ?? "", taken);
    if (read.ok) people.push(read.value);
    else problems.push(...read.problems);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: people };
}

function readRow(row: TypedPerson, name: string, taken: Map<string, string>): Reading<DraftPerson> {
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
  if (part.ok && !partSays) taken.set(part.part, called || part.part);
  const kind = row.kind === "adult" || row.kind === "child" ? row.kind : undefined;
  if (!kind)
    wrong(
      "kind",
      { key: "people.kind" },
      called ? { key: "people.errors.kind", values: { given: called } } : { key: "people.errors.kindNameless" },
    );
  const email = tidy(row.email);
  wrong("email", { key: "people.email" }, emailProblem(email, name));
  if (problems.length > 0 || !part.ok || !kind) return { ok: false, problems };
  return { ok: true, value: { key: row.key, given, part: part.part, kind, ...(email ? { email } : {}) } };
}

function twice(part: string, name: string, taken: ReadonlyMap<string, string>): Said | undefined {
  const other = taken.get(part);
  if (other === undefined) return undefined;
  let n = 2;
  while (taken.has(`${part}${n}`)) n++;
  return { key: "part.errors.twice", values: { id: addressOf(part, name), other, suggestion: `${part}${n}` } };
}

function emailProblem(email: string, name: string): Said | undefined {
  if (email === "") return undefined;
  if (!isEmail(email)) return oddText(email) ?? { key: "people.errors.email" };
  return isEmailAt(email, name) ? { key: "people.errors.emailHere", values: { name } } : undefined;
}
