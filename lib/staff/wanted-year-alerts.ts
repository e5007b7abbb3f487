import { isAsked, toldDays } from "@/lib/billing/name-year.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Db } from "@/lib/db.ts";
import type { NameYear } from "@/lib/generated/prisma/client.ts";
import { type AlertCode, most, nothing, type WantedAlert } from "./wanted-alerts.ts";

/** A month into the year there is nothing left to do about what it costs. */
const seenDays = 30;

/** Later years of names that a person of ours must see: dearer than the book allows, not to be read, or without the family's yes. */
export async function yearsToSee(db: Db, now: Date): Promise<WantedAlert[]> {
  const years = await db.nameYear.findMany({
    where: {
      beginsAt: { gt: daysAfter(now, -seenDays) },
      OR: [
        { dear: true },
        { readAt: null, tries: { gt: 0 } },
        { decidedAt: { not: null }, announcedAt: { not: null } },
      ],
    },
    orderBy: [{ beginsAt: "asc" }, { orderId: "asc" }],
    take: most,
  });
  return years.flatMap((year) => {
    const code = codeOf(year, now);
    return code ? [alertOf(year, code)] : [];
  });
}

function codeOf(year: NameYear, now: Date): AlertCode | undefined {
  if (!year.readAt) return daysAfter(year.beginsAt, -toldDays[0]) <= now ? "year-unread" : undefined;
  if (isAsked(year) && year.decidedAt && year.answer !== "yes") return "year-unanswered";
  return year.dear ? "year-dear" : undefined;
}

function alertOf(year: NameYear, code: AlertCode): WantedAlert {
  const { orderId, beginsAt, currency, agreedMinor, askedMinor, priceMinor, wholesale, detail } = year;
  const sums = `agreed ${agreedMinor}, asked ${askedMinor ?? "unknown"}, to pay ${priceMinor ?? "open"} ${currency} (minor units)`;
  const registrar = wholesale ? `registrar ${JSON.stringify(wholesale)}` : (detail ?? "the registrar told no price");
  return {
    ...nothing,
    ...{ about: "year", subject: `${orderId}:${year.year}`, code, orderId },
    detail: `Year ${year.year} from ${beginsAt.toISOString()}: ${sums}; ${registrar}`,
    open: `year:${orderId}:${year.year}:${code}`,
  };
}
