import { getPublicSuffix } from "tldts";
import type { Said } from "@/lib/errors.ts";
import { type Letter, lettersOf, passesFor } from "./look-alikes.ts";
import { normaliseName } from "./normalise-name.ts";
import { plain, plainWays } from "./plain.ts";
import { isKeptName } from "./reserved.ts";
import { firstOther, letterCount, oddText, tidy } from "./typed-text.ts";

/** What somebody typed, understood. */
export type NameReading =
  | { readonly kind: "label"; readonly label: string }
  | { readonly kind: "name"; readonly name: string; readonly label: string; readonly ending: string }
  | { readonly kind: "unsold"; readonly name: string; readonly label: string; readonly ending: string }
  | { readonly kind: "kept"; readonly name: string; readonly label: string }
  /** It only looks like `other`; the odd letters say which they are. */
  | { readonly kind: "odd"; readonly other: string; readonly letters: readonly Letter[] }
  /** It cannot be a name; `perhaps` are names near it, not yet looked up. */
  | { readonly kind: "problem"; readonly say: Said; readonly perhaps: readonly string[] };

/** The endings sold, with the fewest letters that each takes. */
export type Endings = Readonly<Record<string, { readonly shortest: number }>>;

/** The DNS's limit for what stands before the dot. */
const mostLetters = 63;
/** A homeserver's socket is a file named after it, and the path of a socket ends at 107 bytes. */
export const mostInAll = 70;

const problem = (key: string, values: Said["values"] = {}, perhaps: readonly string[] = []): NameReading => ({
  kind: "problem",
  say: { key: `name.errors.${key}`, values },
  perhaps: perhaps.filter((one) => one !== ""),
});

/** Reads a name as typed. Never throws, whatever the text is. */
export function parseName(typed: string, endings: Endings): NameReading {
  const odd = oddText(tidy(typed));
  if (odd) return { kind: "problem", say: odd, perhaps: [] };
  const text = normaliseName(typed);
  if (text === "") return /\S/.test(typed) ? problem("dots") : problem("empty");
  return otherThing(text, endings) ?? spaced(text) ?? foreign(text, endings) ?? asName(text, endings);
}

/** An address or a web page in place of a name: say which, and what the name in it may be. */
function otherThing(text: string, endings: Endings): NameReading | undefined {
  const guessed = (key: string, guess: string | undefined) =>
    guess ? problem(key, { guess }, [guess]) : problem(`${key}Bare`);
  const matrix = /^@[^:\s]+:([^:\s]+)$/.exec(text);
  if (matrix) return guessed("address", nameIn(matrix[1] ?? "", endings));
  if (text.includes("@")) return guessed("email", nameInEmail(text, endings));
  if (/^(https?:|www\.)|[/?#]|:\d/.test(text)) {
    return guessed("webPage", nameIn(text.replace(/^[a-z]+:\/*/, "").replace(/[/?#:].*$/, ""), endings));
  }
  return undefined;
}

/** The name in a host: smith.family in www.smith.family. Nothing when it cannot be a name here. */
function nameIn(host: string, endings: Endings): string | undefined {
  const read = asName(host.replace(/^www\./, ""), endings);
  if (read.kind === "name" || read.kind === "unsold") return read.name;
  return read.kind === "problem" ? read.perhaps[0] : undefined;
}

/** Behind the @ their own name, or a mail company's: then the surname before it. */
function nameInEmail(text: string, endings: Endings): string | undefined {
  const [before = "", host = ""] = text.split("@");
  const read = asName(host, endings);
  const mailCompany =
    /^(gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|gmx|proton|protonmail|aol|web|mail|btinternet)\./;
  if (read.kind === "name" && !mailCompany.test(host)) return read.name;
  const surname = plain(
    before
      .split(/[^\p{L}]+/u)
      .filter(Boolean)
      .at(-1) ?? "",
  ).replace(/[^a-z]/g, "");
  const ending = Object.keys(endings)[0];
  return surname && ending ? `${surname}.${ending}` : undefined;
}

/** O'Brien family: without the apostrophe, with a hyphen for the space. */
function spaced(text: string): NameReading | undefined {
  const apostrophe = /['’‘ʼ`´]/g;
  if (!/\s/.test(text) && !apostrophe.test(text)) return undefined;
  const joined = (between: string) =>
    plain(text.replace(apostrophe, ""))
      .replace(/[\s_]+/g, between)
      .replace(/[^a-z0-9.-]/g, "")
      .replace(/-{2,}/g, "-")
      .replace(/^-|-$/g, "");
  const suggestion = joined("-");
  if (suggestion === "") return problem("character", { c: text.trim()[0] ?? "" });
  return problem("space", { suggestion }, [...new Set([suggestion, joined("")])]);
}

/** Letters of other alphabets: look-alikes are shown one by one, the rest is named. */
function foreign(text: string, endings: Endings): NameReading | undefined {
  const other = firstOther(text, /^[\u0021-\u007e]$/);
  if (other === undefined) return undefined;
  const letters = lettersOf(text);
  const meant = passesFor(letters);
  if (meant !== text && firstOther(meant, /^[a-z0-9.-]$/) === undefined) {
    const read = asName(meant, endings);
    return read.kind === "problem" ? read : { kind: "odd", other: meant, letters };
  }
  const ways = plainWays(text).filter((way) => /^[a-z0-9.-]+$/.test(way));
  if (ways.length > 0) return problem("character", { c: other }, ways);
  const latin = /[a-z]/.test(text) || letters.some((letter) => /\p{Script=Latin}/u.test(letter.sign));
  return latin && /\p{L}/u.test(other) && !/\p{Script=Latin}/u.test(other)
    ? problem("mixed")
    : problem("character", { c: other });
}

/** Plain letters: a surname, or a name with its ending. */
function asName(text: string, endings: Endings): NameReading {
  const other = firstOther(text, /^[a-z0-9.-]$/);
  if (other !== undefined)
    return problem("character", { c: other }, [text.replace(/[^a-z0-9.-]/g, "").replace(/^-|-$/g, "")]);
  const dot = text.indexOf(".");
  if (dot < 0) return shape(text) ?? kept(text, text) ?? { kind: "label", label: text };
  const ending = getPublicSuffix(text, { allowPrivateDomains: false, validateHostname: false }) ?? text.slice(dot + 1);
  if (dot === 0 || text === ending) return problem("onlyEnding", { ending: ending.replace(/^\./, "") });
  const label = text.slice(0, text.length - ending.length - 1);
  if (ending === "" || label === "" || label.split(".").includes("") || ending.split(".").includes(""))
    return problem("dots");
  if (label.includes("."))
    return problem("dots", {}, [`${label.split(".").at(-1)}.${ending}`, `${label.replaceAll(".", "-")}.${ending}`]);
  return (
    shape(label) ??
    shapeWith(text, label, ending, endings) ??
    kept(text, label) ?? { kind: Object.hasOwn(endings, ending) ? "name" : "unsold", name: text, label, ending }
  );
}

/** What is wrong with the part before the dot, whatever the ending. */
function shape(label: string): NameReading | undefined {
  if (/^-|-$|--/.test(label)) return problem("hyphenEnds", {}, [label.replace(/-{2,}/g, "-").replace(/^-+|-+$/g, "")]);
  const n = letterCount(label);
  return n > mostLetters ? problem("tooLong", { n }) : undefined;
}

/** What is wrong with the whole: too short for its ending, or too long for a home. */
function shapeWith(name: string, label: string, ending: string, endings: Endings): NameReading | undefined {
  const shortest = Object.hasOwn(endings, ending) ? (endings[ending]?.shortest ?? 1) : 1;
  if (label.length < shortest) return problem("tooShort", { ending, n: shortest });
  return name.length > mostInAll ? problem("tooLongInAll", { n: name.length }) : undefined;
}

const kept = (name: string, label: string): NameReading | undefined =>
  isKeptName(label) ? { kind: "kept", name, label } : undefined;
