/**
 * What is left of a name when letters that are easily mistaken are made the same. It is loose, so that a database can
 * look for it: rn and m, vv and w, 0 and o, 1 and l and i, with and without hyphens.
 * `lib/orders/similar-homes.ts` says the same in SQL.
 */
export const skeletonOf = (name: string): string =>
  name
    .replaceAll("-", "")
    .replaceAll("0", "o")
    .replaceAll("1", "l")
    .replaceAll("i", "l")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w");

/** The same with i and l kept apart: 1 passes for either, but a Hail is no Hall. */
const readings = (name: string): readonly string[] =>
  ["l", "i"].map((one) =>
    name.replaceAll("-", "").replaceAll("0", "o").replaceAll("1", one).replaceAll("rn", "m").replaceAll("vv", "w"),
  );

/** Whether people would take one name for the other. A name is not mistaken for itself. */
export function easilyMistaken(a: string, b: string): boolean {
  if (a === b) return false;
  const others = readings(b);
  return readings(a).some((reading) => others.includes(reading));
}
