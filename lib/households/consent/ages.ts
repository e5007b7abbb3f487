/** From which age children decide about such an account themselves, as a source said it. */
export interface AgeOfConsent {
  readonly age: number;
  /** The day from which it is so; null where the source names none. */
  readonly since: string | null;
  /** The day on which we wrote it down. */
  readonly noted: string;
  /** How old what the source says is. */
  readonly asOf: string;
  readonly source: string;
  /** Ways in which the law of that country takes a parent's word; null where it leaves that open. */
  readonly ways: readonly ("card-payment" | "mailbox")[] | null;
}

const noted = "2026-12-01";
/** Article 8 of the GDPR leaves the age to each country; this is the list that its first review made. */
const review = {
  ...{ since: null, noted, asOf: "2020", ways: null },
  source: "European Commission, staff working document on the GDPR, 2020, as told by blog.kuan0.com",
} as const;
const danish = "gapsolutions.dk, on the Danish Data Protection Act";

const ofReview = (age: number, countries: string): readonly (readonly [string, readonly AgeOfConsent[]])[] =>
  countries.split(" ").map((country) => [country, [{ ...review, age }]]);

/** By country, ISO 3166-1 alpha-2; of each country the oldest first. To be looked at again before each launch. */
export const agesOfConsent: Readonly<Record<string, readonly AgeOfConsent[]>> = Object.fromEntries([
  ...ofReview(13, "BE EE FI GB LV MT PT SE"),
  ...ofReview(14, "AT BG CY ES IT LT"),
  ...ofReview(15, "CZ FR GR"),
  ...ofReview(16, "DE HR HU IE LU NL PL RO SK"),
  [
    "DK",
    [
      { ...review, age: 13 },
      { ...review, age: 15, since: "2024-01-01", asOf: "2024", source: danish },
    ],
  ],
  [
    "US",
    [
      {
        ...{ age: 13, since: "2026-04-22", noted, asOf: "2026", ways: ["card-payment"] },
        source: "COPPA as amended, by mondaq, privacylawmap.com and jdsupra",
      },
    ],
  ],
] as const);

/** Where we found nothing, as of Slovenia: the highest age that any country of the list has. */
export const strictest: AgeOfConsent = { ...review, age: 16, source: "" };

/** What holds in a country on a day. */
export function ageOfConsent(country: string, on: Date): AgeOfConsent {
  const entries = Object.hasOwn(agesOfConsent, country) ? (agesOfConsent[country] ?? []) : [];
  return entries.findLast(({ since }) => since === null || new Date(`${since}T00:00:00Z`) <= on) ?? strictest;
}
