/**
 * What a postcode looks like, for the countries where most people live who will ask; elsewhere anything is taken.
 * Each with a real-looking example for the error. Compared without regard to capitals.
 */
const shapes: Readonly<Record<string, readonly [RegExp, string]>> = {
  GB: [/^([a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|gir ?0aa)$/, "BA11 1AA"],
  GG: [/^gy\d{1,2} ?\d[a-z]{2}$/, "GY1 1AA"],
  JE: [/^je\d ?\d[a-z]{2}$/, "JE2 3AB"],
  IM: [/^im\d ?\d[a-z]{2}$/, "IM1 1AE"],
  IE: [/^[a-z]\d[\dw] ?[a-z\d]{4}$/, "D02 AF30"],
  US: [/^\d{5}(-\d{4})?$/, "20500"],
  CA: [/^[a-z]\d[a-z] ?\d[a-z]\d$/, "K1A 0B1"],
  AU: [/^\d{4}$/, "2000"],
  NZ: [/^\d{4}$/, "6011"],
  ZA: [/^\d{4}$/, "8001"],
  DE: [/^\d{5}$/, "10115"],
  AT: [/^\d{4}$/, "1010"],
  CH: [/^\d{4}$/, "3003"],
  LI: [/^\d{4}$/, "9490"],
  FR: [/^\d{5}$/, "75001"],
  BE: [/^\d{4}$/, "1000"],
  LU: [/^(l-)?\d{4}$/, "1009"],
  NL: [/^\d{4} ?[a-z]{2}$/, "1011 AB"],
  ES: [/^\d{5}$/, "28001"],
  PT: [/^\d{4}-?\d{3}$/, "1100-148"],
  IT: [/^\d{5}$/, "00184"],
  DK: [/^(dk-)?\d{4}$/, "1050"],
  SE: [/^(se-)?\d{3} ?\d{2}$/, "111 29"],
  NO: [/^\d{4}$/, "0150"],
  FI: [/^\d{5}$/, "00100"],
  IS: [/^\d{3}$/, "101"],
  PL: [/^\d{2}-?\d{3}$/, "00-001"],
  CZ: [/^\d{3} ?\d{2}$/, "110 00"],
  SK: [/^\d{3} ?\d{2}$/, "811 01"],
  HU: [/^\d{4}$/, "1051"],
  RO: [/^\d{6}$/, "010011"],
  BG: [/^\d{4}$/, "1000"],
  GR: [/^\d{3} ?\d{2}$/, "105 57"],
  HR: [/^\d{5}$/, "10000"],
  SI: [/^\d{4}$/, "1000"],
  EE: [/^\d{5}$/, "10111"],
  LV: [/^(lv-)?\d{4}$/, "LV-1010"],
  LT: [/^(lt-)?\d{5}$/, "01100"],
  UA: [/^\d{5}$/, "01001"],
  TR: [/^\d{5}$/, "34110"],
  IL: [/^\d{5}(\d{2})?$/, "9103401"],
  IN: [/^\d{3} ?\d{3}$/, "110001"],
  JP: [/^\d{3}-?\d{4}$/, "100-0001"],
  KR: [/^\d{5}$/, "03187"],
  CN: [/^\d{6}$/, "100006"],
  SG: [/^\d{6}$/, "178957"],
  BR: [/^\d{5}-?\d{3}$/, "70040-010"],
  MX: [/^\d{5}$/, "06000"],
  AR: [/^([a-z]\d{4}[a-z]{3}|\d{4})$/, "C1002AAQ"],
};

/** An example of a postcode there, when this is none; undefined when it may be one. */
export function notPostcode(code: string, country: string): string | undefined {
  const shape = Object.hasOwn(shapes, country) ? shapes[country] : undefined;
  return shape && !shape[0].test(code.toLowerCase()) ? shape[1] : undefined;
}

/** Where nobody has one, or only a few do. */
const without =
  "AE AG AO AW BF BI BJ BO BS BW BZ CD CF CG CI CK CM CV DJ DM ER FJ GA GD GH GM GN GQ GY HK JM KI KM KN KP LC ML MO MR MW NA NR NU PA QA RW SB SC SL SR ST SX SY TD TG TK TL TO TT TV UG VU YE ZW".split(
    " ",
  );
export const needsPostcode = (country: string): boolean => !without.includes(country);
