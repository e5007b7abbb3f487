/** Currencies without a smaller unit (docs.stripe.com/currencies): 500 is five hundred yen. */
const noSmallerUnit = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split(" "));

/** `£6.25`: a sum in the smallest unit, as people write it. */
export function inWords(minor: number, currency: string): string {
  const digits = noSmallerUnit.has(currency) ? 0 : 2;
  return new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(minor / 10 ** digits);
}

/** The least that can be charged, in the smallest unit (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
const least: Readonly<Record<string, number>> = {
  gbp: 30,
  eur: 50,
  usd: 50,
  cad: 50,
  aud: 50,
  chf: 50,
  dkk: 250,
  nok: 300,
  sek: 300,
  jpy: 50,
};
export const leastCharge = (currency: string): number => least[currency] ?? 0;

/** `part` of `whole` of a sum, rounded to the minor unit, halves away from zero. Exact however large the sum. */
export function share(minor: number, part: number, whole: number): number {
  if (whole <= 0) return minor;
  const product = BigInt(Math.abs(minor)) * BigInt(part);
  const rounded = Number((2n * product + BigInt(whole)) / (2n * BigInt(whole)));
  return minor < 0 && rounded !== 0 ? -rounded : rounded;
}
