import { addressOf } from "@/lib/orders/draft.ts";
import { reportToken } from "@/lib/reports/report-secret.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

type Values = Readonly<Record<string, string>>;

/**
 * To whoever reported: the number of their case at once, and what was decided later. Nothing of what was typed: anybody can type
 * anything, and another's mailbox beside it.
 */
export async function reportLetter(
  { db, webUrl, linkKey, day, time, translate }: LetterTools,
  kind: "report-kept" | "report-answered",
  { reportId = "", nth = "1" }: Values,
): Promise<Filling | undefined> {
  const report = await db.report.findUnique({ where: { id: reportId }, include: { answers: true } });
  if (!report) return undefined;
  const { number, dueAt } = report;
  // Answered before it was sent: the answer says all of it.
  if (kind === "report-kept") return dueAt ? { number, date: day(dueAt), time: time(dueAt) } : undefined;
  const answer = report.answers.find((one) => one.nth === Number(nth));
  if (!answer) return undefined;
  const filling = {
    number,
    decided: translate(`report-answered.decided.${answer.decision}`, {}),
    reason: answer.reason,
  };
  // They disagree once.
  if (answer.nth > 1) return { ...filling, as: "report-answered-again" };
  return { ...filling, link: `${webUrl}/report/${reportToken(linkKey, reportId)}` };
}

/** To the people of a page that was taken off: what was decided and why, and how to object. Never who reported. */
export async function pageOffLetter(
  { db }: LetterTools,
  { reportId = "", nth = "1" }: Values,
): Promise<Filling | undefined> {
  const report = await db.report.findUnique({ where: { id: reportId }, include: { answers: true } });
  const person = await db.person.findUnique({ where: { id: report?.personId ?? "" }, include: { tenant: true } });
  const answer = report?.answers.find((one) => one.nth === Number(nth));
  if (!report || !person || !answer) return undefined;
  const { given, part, tenant } = person;
  const { number } = report;
  return {
    name: tenant.name,
    given,
    id: addressOf(part, tenant.name),
    page: `${tenant.name}/${part}`,
    number,
    reason: answer.reason,
  };
}
