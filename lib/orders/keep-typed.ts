/** More than anyone types into one line; what is longer is wrong anyway, and is kept only in part. */
const mostKept = 20_000;

/**
 * A typed text as it can rest in the database and be shown again: PostgreSQL's JSON has no NUL and no half characters.
 * Another control character stands in for NUL, so that the text stays as wrong as it was.
 */
export const keepTyped = (typed: string): string =>
  typed.toWellFormed().replaceAll("\u0000", "\u0001").slice(0, mostKept).toWellFormed();

export const keepAllTyped = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, typed]) => [name, keepTyped(typed)]));
