/** About two pages as they are printed: what is longer, nobody reads. */
export const longestHouseText = 4000;

/** As it is kept: paragraphs apart by one empty line, whatever window it was typed in. */
export const tidyHouseText = (typed: string): string =>
  typed
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[^\S\n]+\n/g, "\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
