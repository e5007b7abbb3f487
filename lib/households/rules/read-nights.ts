import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Said } from "@/lib/errors.ts";
import type { Problem } from "@/lib/orders/problem.ts";
import type { QuietHours } from "@/lib/provisioning/household.ts";
import { timeOfDay } from "@/lib/tenants/rule-shape.ts";
import { zones } from "@/lib/tenants/zones.ts";

/** On which days a night begins, 1 for Monday to 7 for Sunday: those before a school day, and the other two. */
const nightDays = { school: [7, 1, 2, 3, 4], weekend: [5, 6] } as const;
export type Night = keyof typeof nightDays;
export const nights = Object.keys(nightDays) as readonly Night[];

/** Longer than any time of day; what is wrong with it is said beside the field. */
const time = z.string().max(20);
const night = z.object({ from: time, to: time });
/** Quiet hours as they are chosen: times as `HH:MM`, or nothing. */
export const nightsShape = z.object({ school: night, weekend: night });
export type Nights = z.output<typeof nightsShape>;

const isOf = (which: Night, { days }: QuietHours): boolean =>
  isDeepStrictEqual(new Set(days), new Set(nightDays[which]));

const nightOf = (which: Night, quiet: readonly QuietHours[]): QuietHours | undefined =>
  quiet.find((one) => isOf(which, one));

/** Those of a child's quiet hours that can be chosen. */
export function nightsOf(quiet: readonly QuietHours[]): Nights {
  const typed = (which: Night) => {
    const { from, to } = nightOf(which, quiet) ?? { from: "", to: "" };
    return { from, to };
  };
  return { school: typed("school"), weekend: typed("weekend") };
}

interface Asked {
  readonly nights: Nights;
  readonly zone: string;
}

interface Now {
  readonly rules: { readonly quiet: readonly QuietHours[] };
  readonly zone: string | null;
}

/**
 * The quiet hours that were chosen, and by which clock: `zone` is the home's as it is where there are none. Hours of other days than
 * can be chosen stay as they are.
 */
export function readNights(
  { nights: typed, zone }: Asked,
  now: Now,
): { readonly quiet: readonly QuietHours[]; readonly zone: string | null; readonly problems: readonly Problem[] } {
  const { quiet } = now.rules;
  const kept = quiet.filter((one) => nights.every((which) => one !== nightOf(which, quiet)));
  const read = nights.map((which) => readNight(which, typed[which], nightOf(which, quiet)));
  const all = [...kept, ...read.flatMap(({ value }) => value ?? [])];
  const problems = read.flatMap((one) => one.problems);
  if (problems.length > 0 || all.length === 0) return { quiet: all, zone: now.zone, problems };
  if (zones.includes(zone)) return { quiet: all, zone, problems };
  const field = { key: "family.rules.zone" };
  return { quiet: all, zone: now.zone, problems: [{ at: "zone", field, say: { key: "family.rules.errors.zone" } }] };
}

function readNight(
  which: Night,
  { from, to }: Nights[Night],
  before: QuietHours | undefined,
): { readonly value: QuietHours | undefined; readonly problems: readonly Problem[] } {
  const wrong = (end: "From" | "To", say: Said) => ({
    value: undefined,
    problems: [{ at: `${which}${end}`, field: { key: `family.rules.nights.${which}` }, say }],
  });
  if (from === "" && to === "") return { value: undefined, problems: [] };
  if (from === "") return wrong("From", { key: "family.rules.errors.bothTimes" });
  if (to === "") return wrong("To", { key: "family.rules.errors.bothTimes" });
  if (!timeOfDay.safeParse(from).success) return wrong("From", { key: "family.rules.errors.time" });
  if (!timeOfDay.safeParse(to).success) return wrong("To", { key: "family.rules.errors.time" });
  // It would be the whole day: that is a pause.
  if (from === to) return wrong("To", { key: "family.rules.errors.sameTimes" });
  return { value: { days: before?.days ?? [...nightDays[which]], from, to }, problems: [] };
}
