/** ISO 3166-1 alpha-2. Their names come from the platform, in the reader's language. */
const codes =
  "AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split(
    " ",
  );

/** The name of a country in a language, or the code itself when it is none. */
export function countryName(code: string, locale: string): string {
  return codes.includes(code) ? (new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code) : code;
}

/** Countries to choose from, by name. `only` is what an ending's registry allows. */
export function countries(locale: string, only?: readonly string[]): readonly { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const order = new Intl.Collator(locale);
  return codes
    .filter((code) => only === undefined || only.includes(code))
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => order.compare(a.label, b.label));
}

export const isCountry = (code: string): boolean => codes.includes(code);

/** Where an address is not complete without its state or province. */
const withState = ["US", "CA", "AU", "BR", "MX", "IN", "CN", "JP", "IT", "ES", "MY", "NG", "AR", "ID"];
export const needsState = (country: string): boolean => withState.includes(country);
