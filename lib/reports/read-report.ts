import { oddText, tidy } from "@/lib/names/typed-text.ts";
import { isEmail } from "@/lib/orders/email.ts";
import type { Problem, Reading } from "@/lib/orders/problem.ts";

export const reportKinds = ["pretends", "unkind", "else"] as const;
export type ReportKind = (typeof reportKinds)[number];

/** Half a page: what is typed is carried in a cookie where something is wrong with it, and those hold 4,096 bytes. */
export const mostText = 1000;

/** As the page asks it; each as typed. */
export interface TypedReport {
  readonly about: string;
  readonly kind: string;
  readonly text: string;
  readonly email: string;
}

export interface GivenReport {
  readonly about: string;
  readonly kind: ReportKind;
  readonly text: string;
  readonly email: string | null;
}

/** What is reported, or what is wrong with what was typed. */
export function readReport(typed: TypedReport): Reading<GivenReport> {
  const [about, text, email] = [tidy(typed.about), tidy(typed.text), tidy(typed.email).toLowerCase()];
  const kind = reportKinds.find((one) => one === typed.kind);
  const problem = (at: keyof TypedReport, key: string): Problem => ({
    at,
    field: { key: `report.${at}` },
    say: { key },
  });
  const odd = oddText(about);
  const problems = [
    ...(about === "" ? [problem("about", "report.errors.about")] : odd ? [problem("about", odd.key)] : []),
    ...(kind ? [] : [problem("kind", "report.errors.kind")]),
    ...(kind === "else" && text === "" ? [problem("text", "report.errors.text")] : []),
    ...(email !== "" && !isEmail(email) ? [problem("email", "report.errors.email")] : []),
  ];
  if (problems.length > 0 || !kind) return { ok: false, problems };
  return { ok: true, value: { about, kind, text, email: email === "" ? null : email } };
}
