import type { Said } from "@/lib/errors.ts";
import { plain } from "./plain.ts";
import { isKeptPart } from "./reserved.ts";
import { firstOther, oddText, tidy } from "./typed-text.ts";

/** Matrix's own limit for a whole address, in bytes. */
const mostInAddress = 255;

export type PartReading = { readonly ok: true; readonly part: string } | { readonly ok: false; readonly say: Said };

const wrong = (key: string, values: Said["values"] = {}): PartReading => ({
  ok: false,
  say: { key: `part.errors.${key}`, values },
});

/**
 * A person's part of the address at `name`, as typed by or for `given`. Matrix would allow = / + as well; we leave
 * them out, for nobody can read them aloud. It is never changed silently: it can never be changed later.
 */
export function parsePart(typed: string, name: string, given: string): PartReading {
  const text = tidy(typed);
  if (text === "") return wrong("empty", { suggestion: proposePart(given) || "anna" });
  const odd = oddText(text);
  if (odd) return { ok: false, say: odd };
  if (/\s/.test(text)) return spaced(text);
  const lower = text.toLowerCase();
  if (firstOther(lower, /^[a-z0-9._-]$/) === undefined) {
    return text === lower ? grammar(text, name) : wrong("capital", { lower });
  }
  const letter = firstOther(lower, /^[\u0021-\u007e]$/);
  if (letter === undefined) return wrong("character", { c: firstOther(lower, /^[a-z0-9._-]$/) ?? "" });
  const way = plain(text);
  if (/^[a-z0-9._-]+$/.test(way)) return wrong("alphabet", { plain: way, given: given || text });
  return /\p{L}/u.test(letter) ? wrong("alphabetPlain", { given: given || text }) : wrong("character", { c: letter });
}

function spaced(text: string): PartReading {
  const words = plain(text)
    .split(/\s+/)
    .map((word) => word.replace(/[^a-z0-9_-]/g, ""))
    .filter(Boolean);
  return words.length < 2 ? wrong("character", { c: " " }) : wrong("space", { a: words.join("."), b: words.join("-") });
}

function grammar(part: string, name: string): PartReading {
  if (isKeptPart(part)) return wrong("kept", { part });
  if (!/^[a-z0-9]/.test(part) || !/[a-z0-9]$/.test(part)) return wrong("edges");
  // The homeserver keeps bare numbers for guests.
  if (!/[a-z]/.test(part)) return wrong("noLetter");
  const n = `@${part}:${name}`.length;
  return n > mostInAddress ? wrong("tooLong", { n }) : { ok: true, part };
}

/** What we would call them in an address: Anna-Lena is anna-lena. Empty when there is no customary way. */
export function proposePart(given: string): string {
  const words = plain(tidy(given))
    .split(/[\s.'’]+/)
    .map((word) => word.replace(/[^a-z0-9-]/g, ""))
    .filter(Boolean);
  // Long enough for any given name, short enough to read aloud.
  const part = words
    .join("-")
    .replace(/-{2,}/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return /[a-z]/.test(part) && !isKeptPart(part) ? part : "";
}
