"use server";

import { redirect } from "next/navigation";
import { NameplateError } from "@/lib/errors.ts";
import { correctDeed } from "@/lib/orders/correct-deed.ts";
import { contactFields } from "@/lib/orders/deed/questions.ts";
import { web } from "@/lib/web.ts";
import { findBuyer } from "../../../../_frame/find-watcher.ts";
import { saving, tooOften } from "../../../../_frame/limits.ts";
import { textOf, textsOf } from "../../../../start/_wizard/form-values.ts";

/** An ending asks two or three questions of its own; a form with more is none of ours. */
const mostExtra = 30;
const deedPage = "/start/watch/deed";

/** The deed as corrected: the registry is asked again. The browser's own order is the only one it can reach. */
export async function correctDeedAction(form: FormData): Promise<void> {
  redirect(await placeAfter(form));
}

async function placeAfter(form: FormData): Promise<string> {
  if ((await tooOften(saving)) !== undefined) return `${deedPage}?note=often`;
  const extra = [...form.keys()].filter((name) => /^extra\.\w{1,60}$/.test(name)).slice(0, mostExtra);
  const values = { ...textsOf(form, contactFields), ...textsOf(form, extra) };
  try {
    const { ok } = await correctDeed(web().checkout, await findBuyer(), values, textOf(form, "seen"));
    return ok ? "/start/watch" : deedPage;
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    return error.kind === "unreachable" ? `${deedPage}?note=away` : `${deedPage}?note=newer`;
  }
}
