import { web } from "@/lib/web.ts";
import { locale, timeZone } from "@/messages/request.ts";
import { day, moment, time, timeToSecond } from "../../_frame/write.ts";

const shortDays = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone });

/** 21:07 today, 24 Nov earlier: for a narrow column. */
export function sinceTime(iso: string): string {
  const at = new Date(iso);
  return day(at) === day(web().world.clock.now()) ? time(at) : shortDays.format(at);
}

/** 21:07 today, 24 November, 21:07 earlier: of an ISO time, or of none. */
export const shortTime = (iso: string | null): string => (iso ? moment(new Date(iso), web().world.clock.now()) : "");
/** 24 November 2026 */
export const wholeDay = (iso: string | null): string => (iso ? day(new Date(iso)) : "");
/** 21:07:04 today, 24 Nov, 21:07:04 earlier. */
export function exactTime(iso: string): string {
  const at = new Date(iso);
  return day(at) === day(web().world.clock.now()) ? timeToSecond(at) : `${shortDays.format(at)}, ${timeToSecond(at)}`;
}
/** 24 November 2026, 21:07 */
export const dayAndTime = (iso: string): string => `${wholeDay(iso)}, ${time(new Date(iso))}`;
