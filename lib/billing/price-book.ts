/**
 * What we ask, tax included. An operator edits this file and nothing else; with every sum at zero nobody sees a
 * payment page. The order of the endings is the order in which we suggest them.
 */
export interface EndingPrice {
  /** In minor units of the book's currency, tax included. */
  readonly firstYearMinor: number;
  /** Each year after the first, as the registry asks today. */
  readonly renewalYearMinor: number;
  /** Fewest letters before the dot that the registry takes. */
  readonly shortest: number;
  /** The most the registrar may ask us for a year, in US dollars, before we stop offering names of this ending. */
  readonly wholesaleCapUsd: number;
}

export interface PriceBook {
  readonly currency: string;
  readonly home: {
    readonly monthMinor: number;
    /** People whom the home's price includes. */
    readonly included: number;
    /** Each person beyond those, a month. */
    readonly furtherPersonMonthMinor: number;
    /** More than this is no family; write to us. */
    readonly mostPeople: number;
  };
  readonly endings: Readonly<Record<string, EndingPrice>>;
}

export const priceBook: PriceBook = {
  currency: "GBP",
  home: { monthMinor: 450, included: 6, furtherPersonMonthMinor: 75, mostPeople: 30 },
  // The caps leave room above the prices of autumn 2026 and below the retail price without its tax.
  endings: {
    family: { firstYearMinor: 2100, renewalYearMinor: 2100, shortest: 3, wholesaleCapUsd: 26 },
    uk: { firstYearMinor: 900, renewalYearMinor: 900, shortest: 3, wholesaleCapUsd: 10 },
    org: { firstYearMinor: 1260, renewalYearMinor: 1260, shortest: 3, wholesaleCapUsd: 14 },
    me: { firstYearMinor: 1200, renewalYearMinor: 1800, shortest: 3, wholesaleCapUsd: 20 },
    com: { firstYearMinor: 1200, renewalYearMinor: 1200, shortest: 3, wholesaleCapUsd: 13 },
  },
};

export const endingsSold: readonly string[] = Object.keys(priceBook.endings);

/** What an ending costs, or undefined when we do not sell it. */
export const priceOf = (ending: string, book: PriceBook = priceBook): EndingPrice | undefined =>
  Object.hasOwn(book.endings, ending) ? book.endings[ending] : undefined;
