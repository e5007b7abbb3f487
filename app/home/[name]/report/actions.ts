"use server";

import { redirect } from "next/navigation";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import { makeReport } from "@/lib/reports/make-report.ts";
import { readReport } from "@/lib/reports/read-report.ts";
import { web } from "@/lib/web.ts";
import { reporting } from "../../../_frame/limits.ts";
import { ownOrigin } from "../../../_session/guard.ts";
import { carryReport, reportIn } from "../../../report/typed.ts";
import { textOf } from "../../../start/_wizard/form-values.ts";
import { insiderOf } from "../../_parts/member.ts";

/** Whoever runs a home, or looks after its children, reports somebody. */
export async function reportSomebodyAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = textOf(form, "home").slice(0, 300);
  const member = await insiderOf(name);
  const page = `/home/${encodeURIComponent(name)}/report`;
  const typed = reportIn(form);
  await carryReport(typed, "/home");
  const read = readReport(typed);
  if (!read.ok) redirect(`${page}?error=typed`);
  const { world, limiter } = web();
  try {
    await takeTry(limiter, reporting, member.userId);
    if (read.value.email) await takeTry(limiter, limits.mailsToOne, read.value.email);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "too-often") redirect(`${page}?error=tooMany`);
    throw error;
  }
  const { number, dueAt } = await makeReport(world, read.value, member);
  redirect(`${page}?case=${number}&due=${dueAt.getTime()}`);
}
