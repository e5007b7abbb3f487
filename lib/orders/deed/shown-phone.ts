import { parsePhoneNumberFromString } from "libphonenumber-js";

/** A kept phone number as people write it: +44 7700 900123. */
export const shownPhone = (e164: string): string => parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
