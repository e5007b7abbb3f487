/** Letters that do not come apart into a plain one and a mark. */
const special: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ħ: "h",
  ı: "i",
};

/** How German and the Nordic languages write these without marks. */
const twoLetters: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", å: "aa", ø: "oe" };

const swap = (text: string, table: Readonly<Record<string, string>>) =>
  [...text].map((letter) => table[letter] ?? letter).join("");

/** The same in letters a to z where there is a customary way; other alphabets stay as they are. */
export const plain = (text: string): string =>
  swap(text.toLowerCase().normalize("NFC"), special).normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");

/** Both customary ways, where they differ: müller is muller and mueller. */
export const plainWays = (text: string): readonly string[] => {
  const ways = [plain(text), plain(swap(text.toLowerCase().normalize("NFC"), twoLetters))];
  return [...new Set(ways)];
};
