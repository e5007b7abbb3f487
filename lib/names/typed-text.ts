import type { Said } from "@/lib/errors.ts";

/** Pictures, flags included. The signs for copyright and trade mark count as pictures too. */
const picture = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;

/** What no field can show: control characters, invisible and direction-turning ones, halves of characters, unassigned ones. */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u;

/** White space around is nobody's intention, line breaks from pasting included. */
export const tidy = (typed: string): string => typed.trim();

/** Characters as a person counts them. */
export const letterCount = (text: string): number => [...text].length;

/**
 * Why a text cannot be taken whatever the field is for, or undefined when it can: pictures, markup, hidden characters.
 * The catalogue puts the field's own name in.
 */
export function oddText(text: string): Said | undefined {
  if (picture.test(text)) return { key: "fields.pictures" };
  if (/[<>]/.test(text)) return { key: "fields.markup" };
  if (hidden.test(text)) return { key: "fields.hidden" };
  return undefined;
}

/** The first character, as a person sees one, that `allowed` does not match. */
export function firstOther(text: string, allowed: RegExp): string | undefined {
  for (const { segment } of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)) {
    if (!allowed.test(segment)) return segment;
  }
  return undefined;
}
