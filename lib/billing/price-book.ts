import type { WrittenBook } from "./book-shape.ts";

/**
 * What we ask. An operator edits this file and nothing else; every mistake in it is named before anything starts.
 *
 * Sums are written as people write them ("4.50", or "450" in yen), in each currency, and are all-in: nothing is added to
 * them anywhere. With every sum at "0" nobody sees a payment page, and no payment vendor is needed.
 *
 * Each line is in the order in which we suggest it: the first currency, plan and ending are offered first.
 */
export const book: WrittenBook = {
  currencies: {
    // tax: "inclusive", or "none" where you charge none.
    // countries: whose readers see this currency first.
    // names: what turns the registrar's price into ours where an ending below has no sum of its own:
    // its dollars at this rate, the margin, the tax within, rounded up to a multiple.
    GBP: {
      tax: "inclusive",
      countries: ["GB", "GG", "IM", "JE"],
      names: { rate: "0.76", marginPercent: "25", taxPercent: "20", upTo: "0.60" },
    },
    EUR: {
      tax: "inclusive",
      countries: [
        ..."AT BE BG CY DE EE ES FI FR GR HR IE IT".split(" "),
        ..."LT LU LV MT NL PT SI SK AD MC ME SM VA XK".split(" "),
      ],
      // The highest rate in which we sell: one price for all of them.
      names: { rate: "0.87", marginPercent: "20", taxPercent: "25.5", upTo: "0.60" },
    },
    USD: {
      tax: "inclusive",
      countries: ["US", "PR", "VI", "GU", "AS", "MP"],
      names: { rate: "1", marginPercent: "25", taxPercent: "10", upTo: "0.60" },
    },
  },

  plans: {
    // A plan of your own needs a name that people read: called: "The village".
    // included: people whom the price includes. most: more than this is no family; write to us.
    family: {
      included: 6,
      most: 30,
      month: {
        home: { GBP: "4.50", EUR: "5.40", USD: "5.70" },
        furtherPerson: { GBP: "0.75", EUR: "0.90", USD: "0.95" },
      },
      // A year costs so many months. Or write `home` and `furtherPerson` as above.
      year: { months: 10 },
    },
    person: {
      included: 1,
      most: 1,
      month: { home: { GBP: "2.50", EUR: "3.00", USD: "3.20" } },
      year: { months: 10 },
    },
  },

  // shortest: fewest letters before the dot that the registry takes.
  // asks: the registrar's price a year, in US dollars, as in November 2026. cap: above it we stop offering such a name;
  // the caps leave room above the prices of autumn 2026 and below the retail price without its tax.
  // firstYear, renewal: sums of your own, in any of the currencies.
  endings: {
    family: {
      shortest: 3,
      asks: { firstYear: "17.80", renewal: "17.80" },
      cap: "26",
      firstYear: { GBP: "21.00" },
      renewal: { GBP: "21.00" },
    },
    uk: {
      shortest: 3,
      asks: { firstYear: "5.22", renewal: "5.22" },
      cap: "10",
      firstYear: { GBP: "9.00" },
      renewal: { GBP: "9.00" },
    },
    org: {
      shortest: 3,
      asks: { firstYear: "10.11", renewal: "10.11" },
      cap: "14",
      firstYear: { GBP: "12.60" },
      renewal: { GBP: "12.60" },
    },
    me: {
      shortest: 3,
      asks: { firstYear: "11.20", renewal: "17.40" },
      cap: "20",
      firstYear: { GBP: "12.00" },
      renewal: { GBP: "18.00" },
    },
    com: {
      shortest: 3,
      asks: { firstYear: "10.46", renewal: "10.46" },
      cap: "13",
      firstYear: { GBP: "12.00" },
      renewal: { GBP: "12.00" },
    },
  },

  // Offered beside the home, while buying and on the bill's page; without `year` by the month only. Keep the short word before
  // the colon: bills are known by it.
  // Each is a line of its own on the bill: room: { called: "Twice the room for photos", month: { GBP: "1.00", ... }, year: … }
  addOns: {},
};
