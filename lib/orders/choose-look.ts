import type { Said } from "@/lib/errors.ts";
import { normaliseName } from "@/lib/names/normalise-name.ts";
import { parsePart } from "@/lib/names/parse-part.ts";
import { letterCount, oddText, tidy } from "@/lib/names/typed-text.ts";
import type { World } from "@/lib/world.ts";
import { addressOf, type Draft } from "./draft.ts";
import { keepAllTyped } from "./keep-typed.ts";
import { ownDraft } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";
import type { Problem, Reading } from "./problem.ts";
import { otherWindow, saveDraft, seenOf, typedWith } from "./save-draft.ts";

export type LookValues = { readonly given: string; readonly part: string; readonly confirm: string };
export interface Look {
  readonly given: string;
  readonly part: string;
}

/** Screen 2: what people call the buyer, the buyer's part of the address, and the name typed once more. */
export async function chooseLook(
  world: World,
  key: OrderKey | undefined,
  typed: LookValues,
  seen: string,
): Promise<{ readonly ok: boolean }> {
  const draft = await ownDraft(world, key);
  const values = keepAllTyped(typed) as LookValues;
  const reading = readLook(values, draft);
  if (seen !== seenOf(draft, "look")) {
    // The same form sent twice is no other window.
    if (reading.ok && draft.given === reading.value.given && draft.part === reading.value.part && draft.nameChecked)
      return { ok: true };
    throw otherWindow(`Order ${draft.id}: an older form of screen 2`);
  }
  if (!reading.ok) {
    await saveDraft(world, draft, { typed: typedWith(draft, "look", { values, asked: true }) });
    return { ok: false };
  }
  const left = typedWith(draft, "look", undefined);
  // Screen 3 comes next, be it answered with nobody: without this mark coming back would leave it out.
  const still = draft.given === null ? { people: { rows: [], asked: false }, ...left } : left;
  await saveDraft(world, draft, { ...reading.value, nameChecked: true, typed: still });
  return { ok: true };
}

/** Long enough for any name people are called by. */
const mostGiven = 60;

/** What is wrong with a given name, if anything. */
export function givenProblem(given: string, empty: string, long: string): Said | undefined {
  if (given === "") return { key: empty };
  const n = letterCount(given);
  return oddText(given) ?? (n > mostGiven ? { key: long, values: { n } } : undefined);
}

/** Reads screen 2. `draft.name` is chosen by then. */
export function readLook(typed: LookValues, draft: Draft): Reading<Look> {
  const name = draft.name ?? "";
  const given = tidy(typed.given);
  const problems: Problem[] = [];
  const givenSays = givenProblem(given, "look.errors.givenEmpty", "look.errors.givenLong");
  if (givenSays) problems.push({ at: "given", field: { key: "look.givenName" }, say: givenSays });
  const part = parsePart(typed.part, name, givenSays ? "" : given);
  const partSays = part.ok ? twice(part.part, draft) : part.say;
  if (partSays)
    problems.push({
      at: "part",
      field: { key: "part.your" },
      say: { ...partSays, values: { ...partSays.values, whose: "you" } },
    });
  const confirmSays = spelling(typed.confirm, name);
  if (confirmSays) problems.push({ at: "confirm", field: { key: "look.spellingName" }, say: confirmSays });
  return problems.length > 0 || !part.ok ? { ok: false, problems } : { ok: true, value: { given, part: part.part } };
}

/** The buyer came back to change it, and somebody in the list has that part by now. */
function twice(part: string, { people, name }: Draft): Said | undefined {
  const other = people.find((person) => person.part === part);
  return (
    other && {
      key: "part.errors.twice",
      values: { id: addressOf(part, name ?? ""), other: other.given, suggestion: `${part}2` },
    }
  );
}

/** Compared as a name is: capitals and a space at the end are no other spelling. */
function spelling(typed: string, name: string): Said | undefined {
  const text = tidy(typed);
  if (text === "") return { key: "look.errors.spellingEmpty", values: { name } };
  if (normaliseName(text) === name) return undefined;
  return oddText(text) ?? { key: "look.errors.spellingDiffers", values: { typed: text.slice(0, 100), name } };
}
