/**
 * What somebody sent, as it can be looked for in the database and kept there: PostgreSQL takes neither NUL nor half a
 * character. Another control character stands in for NUL, so that the text stays as wrong as it was.
 */
export const asText = (sent: string): string => sent.toWellFormed().replaceAll("\u0000", "\u0001");
