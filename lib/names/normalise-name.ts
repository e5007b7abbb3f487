/** Dashes and full stops that keyboards and pasting put in place of the plain ones. */
const dashes = /[\u2010-\u2015\u2212\u{10d6e}]/gu;
const dots = /[\u3002\uff61]/g;

const once = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFKC")
    .replace(dashes, "-")
    .replace(dots, ".")
    .trim()
    .replace(/\.+$/, "");

/**
 * The one form in which a name is compared and kept: lower case, plain dashes, no space around, no dot at the end.
 * Normalising again changes nothing.
 */
export function normaliseName(typed: string): string {
  let name = once(typed);
  // Cutting a dot off can bare a space, and the other way round: at most a few rounds, each of them shortens.
  for (let next = once(name); next !== name; next = once(name)) name = next;
  return name;
}
