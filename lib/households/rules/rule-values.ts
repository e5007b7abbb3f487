import type { Said } from "@/lib/errors.ts";
import type { RuleSentence } from "./say-rules.ts";

/** A Monday, from which days of the week are counted. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** What fills in one sentence of a child's rules, in the reader's language: lists and days of the week in words. */
export function ruleValues({ values, list, days }: RuleSentence, locale: string): NonNullable<Said["values"]> {
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const weekday = (day: number): string => weekdays.format(new Date(monday + (day - 1) * dayMs));
  return {
    ...values,
    ...(list ? { list: lists.format(list) } : {}),
    ...(days ? { days: lists.format(days.map(weekday)) } : {}),
  };
}
