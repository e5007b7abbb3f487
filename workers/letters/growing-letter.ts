import { adultAt, birthdayOf } from "@/lib/tenants/growing-up.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

export type GrowingLetter = "grown" | "turning-18" | "now-18";

/** To parents, or with `own` to whoever grows up; undefined where the day of birth was taken back since. */
export async function growingLetter(
  { db, webUrl, calendarDay }: LetterTools,
  kind: GrowingLetter,
  { personId = "", own }: Readonly<Record<string, string>>,
): Promise<Filling | undefined> {
  const person = await db.person.findUnique({ where: { id: personId }, include: { tenant: true } });
  if (!person || (kind !== "now-18" && !person.bornOn)) return undefined;
  const { given, part, bornOn } = person;
  const { name } = person.tenant;
  const home = `${webUrl}/home/${name}`;
  return {
    ...{ name, given, id: `@${part}:${name}` },
    ...(bornOn ? { date: calendarDay(birthdayOf(bornOn, adultAt)) } : {}),
    ...(own ? { as: `${kind}-own` } : { link: kind === "now-18" ? home : `${home}/rules/${personId}/growing` }),
  };
}
