import type { Said } from "@/lib/errors.ts";

/** Length is what makes a password strong; 512 is more than anyone types and little enough to hash. */
export const passwordLength = { least: 12, most: 512 } as const;

/** Ways to begin that everybody thinks of first; repeated or counted up they are no better. */
const common = [
  "password",
  "passwort",
  "qwertyuiop",
  "1234567890",
  "letmein",
  "iloveyou",
  "welcome",
  "abcdefghij",
  "administrator",
  "correcthorsebatterystaple",
  "trustno1",
  "football",
  "sunshine",
  "princess",
];

/** What is wrong with a first password, as a text of the catalogue; undefined when nothing is. */
export function checkPassword(password: string, part: string, name: string): Said | undefined {
  const letters = [...password].length;
  if (letters === 0) return { key: "card.errors.empty" };
  if (letters < passwordLength.least) return { key: "card.errors.short", values: { n: letters } };
  if (letters > passwordLength.most) return { key: "card.errors.long" };
  const plain = password.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const own = name.split(".")[0] ?? name;
  // Parts of up to three letters ("bo") occur in other words by chance.
  const contains = [part, own].some(
    (word) => word.length > 3 && plain.includes(word.toLowerCase().replaceAll(/[^a-z0-9]/g, "")),
  );
  if (contains) return { key: "card.errors.containsAddress" };
  const rest = common.reduce((left, word) => left.replaceAll(word, ""), plain);
  const fewDifferent = new Set(password).size < 5;
  if (fewDifferent || (rest.replaceAll(/\d/g, "").length < 4 && plain.length > 0 && rest !== plain))
    return { key: "card.errors.common" };
  return undefined;
}
