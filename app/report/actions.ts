"use server";

import { redirect } from "next/navigation";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import { disagree } from "@/lib/reports/disagree.ts";
import { type Case, makeReport } from "@/lib/reports/make-report.ts";
import { type GivenReport, readReport } from "@/lib/reports/read-report.ts";
import { web } from "@/lib/web.ts";
import { allReports, reporting } from "../_frame/limits.ts";
import { ownOrigin, takeCallersTry } from "../_session/guard.ts";
import { textOf } from "../start/_wizard/form-values.ts";
import { carryReport, reportIn, wordsIn } from "./typed.ts";

/** Somebody from outside reports a page. The same road and the same answer, whatever is at that address. */
export async function reportAction(form: FormData): Promise<void> {
  await ownOrigin();
  const typed = reportIn(form);
  await carryReport(typed, "/report");
  const read = readReport(typed);
  if (!read.ok) redirect("/report?error=typed");
  redirect(await reported(read.value));
}

async function reported(given: GivenReport): Promise<string> {
  const { world, limiter } = web();
  try {
    await takeCallersTry(reporting);
    if (given.email) await takeTry(limiter, limits.mailsToOne, given.email);
    await takeTry(limiter, allReports, "all");
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "too-often") return "/report?error=tooMany";
    throw error;
  }
  return saidAt(await makeReport(world, given));
}

const saidAt = ({ number, dueAt }: Case): string => `/report?case=${number}&due=${dueAt.getTime()}`;

/** Whoever reported sees it differently, by the link in their letter. */
export async function disagreeAction(form: FormData): Promise<void> {
  await ownOrigin();
  const token = textOf(form, "token").slice(0, 100);
  const page = `/report/${encodeURIComponent(token)}`;
  try {
    await takeCallersTry(limits.links);
    await disagree(web().world, token, wordsIn(form));
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    // What has changed meanwhile is on the page itself.
    const known: Readonly<Record<string, string>> = { "bad-input": "?error=why", "too-often": "?error=tooMany" };
    redirect(`${page}${known[error.kind] ?? ""}`);
  }
  redirect(page);
}
