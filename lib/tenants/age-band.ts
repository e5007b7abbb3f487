/** How old a child is, as far as it is asked: it sets the rules that an account begins with. The youngest first. */
export const ageBands = ["under-10", "10-12", "13-15", "16-17"] as const;
export type AgeBand = (typeof ageBands)[number];

export const isAgeBand = (word: string): word is AgeBand => ageBands.some((band) => band === word);
