/** What goes wrong with an order by itself, without any fault of ours. In a dozen each happens once, and four have none. */
export const mishaps = [
  "none",
  "declined card",
  "name lost, another chosen",
  "none",
  "two tabs",
  "registry asks by mail",
  "none",
  "name lost, money back",
  "closed tab",
  "button pressed twice",
  "slow registry",
  "name lost, left so",
] as const;
export type Mishap = (typeof mishaps)[number];

export const mishapOf = (n: number): Mishap => mishaps[n % mishaps.length] ?? "none";
