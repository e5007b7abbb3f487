import {
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from "libphonenumber-js";
import type { Said } from "@/lib/errors.ts";

const error = (key: string, values: Said["values"] = {}): Said => ({ key: `deed.errors.${key}`, values });

/** What is wrong with a phone number as typed, if anything. `home` is the country of the address. */
export function phoneProblem(typed: string, home: string): Said | undefined {
  if (!/^\+[\d\s().-]*\d[\d\s().-]*$/.test(typed)) return error("phone");
  const country = phoneCountry(typed, home);
  switch (validatePhoneNumberLength(typed)) {
    case undefined:
      return parsePhoneNumberFromString(typed)?.isPossible() ? undefined : error("phoneUnknown");
    case "TOO_SHORT":
      return country ? error("phoneTooShort", { country }) : error("phone");
    case "TOO_LONG":
      return country ? error("phoneTooLong", { country }) : error("phoneUnknown");
    default:
      return error("phone");
  }
}

/** Where a number is, by its calling code alone. Several countries share some: then the buyer's own, or the largest. */
function phoneCountry(typed: string, home: string): string | undefined {
  const digits = typed.replace(/\D/g, "");
  const sharing = getCountries().filter((code) => digits.startsWith(getCountryCallingCode(code)));
  return [home, "GB", "US"].find((code) => sharing.some((one) => one === code)) ?? sharing[0];
}
