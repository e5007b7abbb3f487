declare global {
  namespace Intl {
    // Of ECMA-402, Intl.Locale Info: every runtime of ours has it, TypeScript's own types not yet.
    interface Locale {
      getTimeZones(): readonly string[] | undefined;
    }
  }
}

/** Every time zone that can be chosen, by its IANA name. */
export const zones: readonly string[] = Intl.supportedValuesOf("timeZone");

/** A middle of winter and one of summer: zones that agree on both agree all year. */
const days = [new Date("2026-01-15T12:00:00Z"), new Date("2026-07-15T12:00:00Z")] as const;

const clockOf = (zone: string): string => {
  const clock = new Intl.DateTimeFormat("en", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return days.map((day) => clock.format(day)).join();
};

/** The time zone of a country (ISO 3166, two letters) that has one clock; undefined where it has several, or is none. */
export function zoneOf(country: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(country)) return undefined;
  const [first, ...others] = new Intl.Locale(`und-${country}`).getTimeZones() ?? [];
  return first && others.every((one) => clockOf(one) === clockOf(first)) ? first : undefined;
}
