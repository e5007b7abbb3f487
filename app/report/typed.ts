import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import type { Wrong } from "@/components/wrong.ts";
import { mostText, readReport, type TypedReport } from "@/lib/reports/read-report.ts";
import { carriedTyped, carryTyped } from "../_frame/flash.ts";
import { asMuchOf, mostTyped } from "../_frame/most-typed.ts";
import { sayer, wrongsOf } from "../_frame/say.ts";
import { textOf } from "../start/_wizard/form-values.ts";
import { one, type Query } from "../start/_wizard/note.tsx";

const line = z.string().max(mostTyped);
const shape = z.object({ about: line, kind: z.string().max(20), text: z.string().max(mostText), email: line });

/** From a form. Browsers send a line's end as two letters, and count one. */
export const reportIn = (form: FormData): TypedReport => ({
  about: asMuchOf(textOf(form, "about")),
  kind: textOf(form, "kind").slice(0, 20),
  text: wordsIn(form),
  email: asMuchOf(textOf(form, "email")),
});

export const wordsIn = (form: FormData): string =>
  textOf(form, "text").replaceAll("\r\n", "\n").slice(0, mostText).toWellFormed();

/** Pressed together, so that half a page of any alphabet goes into a cookie. */
export const carryReport = (typed: TypedReport, path: "/report" | "/home"): Promise<void> =>
  carryTyped(deflateRawSync(JSON.stringify(typed)).toString("base64url"), path);

/** More than all fields can hold: nobody's cookie unpacks to more. */
const mostBytes = 16_384;

export async function carriedReport(): Promise<TypedReport> {
  try {
    const packed = Buffer.from(await carriedTyped(), "base64url");
    return shape.parse(JSON.parse(inflateRawSync(packed, { maxOutputLength: mostBytes }).toString()));
  } catch {
    return { about: "", kind: "", text: "", email: "" };
  }
}

/** What the page says of it, after it was sent and could not be taken. */
export async function reportWrongs(typed: TypedReport, error: string): Promise<readonly Wrong[]> {
  const say = await sayer();
  const tooMany = { at: "about", field: { key: "report.about" }, say: { key: "report.errors.tooMany" } };
  if (error === "tooMany") return wrongsOf([tooMany], say);
  const read = error === "" ? undefined : readReport(typed);
  return read && !read.ok ? wrongsOf(read.problems, say) : [];
}

/** The case that the address names. It shows a number and a time and nothing that we know. */
export function caseIn(query: Awaited<Query>): { readonly number: number; readonly due: Date } | undefined {
  const [number, due] = [Number(one(query["case"])), new Date(Number(one(query["due"])))];
  const real = Number.isSafeInteger(number) && number > 0 && Number.isFinite(due.getTime()) && due.getTime() > 0;
  return real ? { number, due } : undefined;
}
