import { headers } from "next/headers";
import type { LimitRule } from "@/lib/queue/limit.ts";
import { web } from "@/lib/web.ts";
import { caller } from "./caller.ts";

/** Searching as one types: a quick typist makes two a second for a few seconds. Each costs the registrar a question. */
export const searching: LimitRule = { what: "search", tries: 120, seconds: 60, whenAway: "count-here" };
/** Sentences about a part of an address, which cost nobody a question. */
export const checkingParts: LimitRule = { what: "parts", tries: 300, seconds: 60, whenAway: "count-here" };
/** Keeping what is typed and not sent: each pause in typing once, of everybody in a house. */
export const keepingUnsent: LimitRule = { what: "unsent", tries: 300, seconds: 60, whenAway: "count-here" };
/** Saving a screen. */
export const saving: LimitRule = { what: "saving", tries: 300, seconds: 60, whenAway: "count-here" };
/**
 * Going to the payment page with one order: people who test stolen cards need it often, a family once or twice. With Redis
 * away each web process counts by itself: nobody's purchase may hang on a doorbell.
 */
export const payingOrder: LimitRule = { what: "paying-order", tries: 10, seconds: 600, whenAway: "count-here" };
/** The same from one address, behind which a whole village may sit. */
export const paying: LimitRule = { what: "paying", tries: 60, seconds: 600, whenAway: "count-here" };
/** Asking for links by mail; an order and a mailbox have tighter limits of their own. */
export const askingForMail: LimitRule = { what: "mail", tries: 30, seconds: 3600, whenAway: "refuse" };

/** Reporting: each case is read by a person. A village behind one address has little to report within an hour. */
export const reporting: LimitRule = { what: "report", tries: 10, seconds: 3600, whenAway: "count-here" };
/** All of them together: more is a flood, and the help page still names a mailbox. */
export const allReports: LimitRule = { what: "report-all", tries: 300, seconds: 3600, whenAway: "count-here" };

/** Takes one try, of this caller where nobody else is named: seconds to wait when there were too many, or undefined. */
export async function tooOften(rule: LimitRule, who?: string): Promise<number | undefined> {
  const taken = await web().limiter.take(rule, who ?? caller(await headers()));
  return taken.ok ? undefined : taken.waitSeconds;
}
