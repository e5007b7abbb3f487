/**
 * As much of one line as goes into a page's address or into a cookie: more than the longest e-mail (254) and any name.
 * The fields whose forms lead to an address take no more, for servers refuse addresses without end.
 */
export const mostTyped = 300;

/** So much of it, without half a character at its end: no address and no cookie can hold one. */
export const asMuchOf = (typed: string): string => typed.slice(0, mostTyped).toWellFormed();
