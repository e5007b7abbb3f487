export type Alphabet = "Cyrillic" | "Greek" | "Armenian" | "Latin";

/** Small letters of other alphabets, each before the Latin letter that it passes for. */
const table: Readonly<Record<Alphabet, string>> = {
  Cyrillic: "аaвbсcԁdеeёeгrнhһhіiїiјjкkӏlмmпnоoрpԛqѕsтtцuѵvԝwхxуyьb",
  Greek: "αaάaβbεeέeγyηnήnιiίiϊiκkνvοoόoρpτtυuύuχxωwϳj",
  Armenian: "ցgհhյjոnօoզqսuաwլl",
  Latin: "ɑaɡgɩiıiɪiʟlɴnʀrʏyꞌ'",
};

const known = new Map<string, { readonly alphabet: Alphabet; readonly meant: string }>();
for (const [alphabet, pairs] of Object.entries(table)) {
  const signs = [...pairs];
  for (let n = 0; n + 1 < signs.length; n += 2) {
    known.set(signs[n] ?? "", { alphabet: alphabet as Alphabet, meant: signs[n + 1] ?? "" });
  }
}

export interface Letter {
  readonly sign: string;
  /** Set when the letter only looks like `meant`, the one on an English keyboard. */
  readonly alphabet?: Alphabet;
  readonly meant: string;
}

/** The text letter by letter, those marked that only look Latin. */
export const lettersOf = (text: string): readonly Letter[] =>
  [...text].map((sign) => ({ sign, meant: sign, ...known.get(sign) }));

/** What the text passes for. */
export const passesFor = (letters: readonly Letter[]): string => letters.map((letter) => letter.meant).join("");
