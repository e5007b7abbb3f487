/** How old a child is, as far as it is asked: it sets the rules that an account begins with. The youngest first. */
export const ageBands = ["under-10", "10-12", "13-15", "16-17"] as const;
export type AgeBand = (typeof ageBands)[number];

export const ageBandOf = (word: string | null | undefined): AgeBand | undefined =>
  ageBands.find((band) => band === word);
