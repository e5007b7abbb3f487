import type { Endings } from "./parse-name.ts";
import { mostInAll, parseName } from "./parse-name.ts";

/** How many names a search shows. */
export const shown = 5;
/** How many names a registrar looks up at once. */
const mostLooked = 20;

/** The Smiths, the Joneses, the Foxes, the Kennedys. */
export const plural = (label: string): string => (/(s|x|z|ch|sh)$/.test(label) ? `${label}es` : `${label}s`);

/** Ways to write a family, best first. A first name helps when nothing else is left. */
function forms(label: string, given: string | undefined): readonly string[] {
  const family = label.startsWith("the") && label.endsWith("s");
  const best = family ? [label, label.slice(3)] : [label, `the${plural(label)}`, plural(label)];
  const rest = family ? [`${label.slice(3)}family`] : [`${label}family`, `${label}athome`, `the-${plural(label)}`];
  return [...best, ...(given && given !== label ? [`${given}${label}`] : []), ...rest];
}

/**
 * Names near this one, best first and at most 20, none of them looked up yet. The better the form and the better the
 * ending, the earlier: the book's first endings come first. Nothing is said twice, as in smithfamily.family.
 */
export function candidates(label: string, endings: Endings, given?: string): readonly string[] {
  const ranked: { name: string; rank: number }[] = [];
  forms(label, given).forEach((form, f) => {
    Object.entries(endings).forEach(([ending, { shortest }], e) => {
      const name = `${form}.${ending}`;
      const fits = form.length >= shortest && form.length <= 63 && name.length <= mostInAll;
      if (fits && !(f > 0 && form.endsWith(ending))) ranked.push({ name, rank: f + e });
    });
  });
  const sorted = ranked.sort((a, b) => a.rank - b.rank).map((one) => one.name);
  // A form may make an ending of its own: the Nhs of "nh" would be nhs.uk.
  return [...new Set(sorted)].filter((name) => parseName(name, endings).kind !== "problem").slice(0, mostLooked);
}

/** Five of those that are left, not all of one kind: at most two of an ending and two of a form while there is a choice. */
export function pick(left: readonly string[], most = shown): readonly string[] {
  const counts = new Map<string, number>();
  const again = (key: string) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count > 2;
  };
  const varied = left.filter((name) => {
    const dot = name.indexOf(".");
    const [sameForm, sameEnding] = [again(name.slice(0, dot)), again(name.slice(dot))];
    return !sameForm && !sameEnding;
  });
  const chosen = [...varied, ...left.filter((name) => !varied.includes(name))].slice(0, most);
  return left.filter((name) => chosen.includes(name));
}
