import { createTranslator } from "use-intl/core";
import { formatMoney, type Money } from "@/lib/billing/money.ts";
import type { Db } from "@/lib/db.ts";
import { derivedSecret } from "@/lib/ids.ts";
import messages from "@/messages/en.mail.json" with { type: "json" };

export interface LetterTools {
  readonly db: Db;
  readonly webUrl: string;
  readonly linkKey: string;
  readonly supportEmail: string;
  translate(key: string, values: Readonly<Record<string, string | number>>): string;
  money(sum: Money): string;
  day(date: Date): string;
  /** Of a day without an hour. */
  calendarDay(date: Date): string;
  time(date: Date): string;
  savedLink(linkId: string): string;
}

/** One language and one time zone for now; both move to the order when a second language comes. */
export const locale = "en-GB";
const timeZone = "Europe/London";

export function letterTools(settings: Pick<LetterTools, "db" | "webUrl" | "linkKey" | "supportEmail">): LetterTools {
  const translator = createTranslator<Record<string, unknown>>({
    locale,
    messages: messages as Record<string, unknown>,
  });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  const calendarDays = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone });
  return {
    ...settings,
    translate: (key, values) => translator(key as never, values as never),
    money: (sum) => formatMoney(sum, locale),
    day: (date) => days.format(date),
    calendarDay: (date) => calendarDays.format(date),
    time: (date) => times.format(date),
    savedLink: (linkId) => `${settings.webUrl}/start/resume/${derivedSecret(settings.linkKey, "saved", linkId)}`,
  };
}
