import type { Said } from "@/lib/errors.ts";
import { parsePart, proposePart } from "@/lib/names/parse-part.ts";
import { oddText, tidy } from "@/lib/names/typed-text.ts";
import { addressOf } from "./draft.ts";

export interface PartToReview {
  readonly given: string;
  readonly part: string;
  readonly name: string;
  /** Parts that others on the page have. */
  readonly others: readonly string[];
  readonly whose: "you" | "them";
}

export interface PartReview {
  readonly proposal: string;
  readonly ok: boolean;
  /** What to say about it; nothing while nothing is typed. */
  readonly say?: Said;
  readonly field?: Said;
}

/** What to say about a part of an address while it is typed. Continue reads it again, with everything else. */
export function reviewPart({ given, part, name, others, whose }: PartToReview): PartReview {
  const called = oddText(tidy(given)) ? "" : tidy(given);
  const proposal = proposePart(called);
  if (tidy(part) === "") return { proposal, ok: false };
  const field: Said =
    whose === "you"
      ? { key: "part.your" }
      : called
        ? { key: "part.theirs", values: { given: called } }
        : { key: "part.nameless" };
  const reading = parsePart(part, name, called);
  if (!reading.ok)
    return { proposal, ok: false, field, say: { ...reading.say, values: { ...reading.say.values, whose } } };
  const id = addressOf(reading.part, name);
  if (others.includes(reading.part))
    return { proposal, ok: false, field, say: { key: "part.errors.twiceHere", values: { id } } };
  return { proposal, ok: true, say: { key: "part.free", values: { id } } };
}
